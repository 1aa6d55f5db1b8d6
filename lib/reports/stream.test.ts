import { getDocumentProxy } from 'unpdf'
import { expect, onTestFinished, test } from 'vitest'
import { mountOn } from '#lib/api/mount'
import { usageReportCsv, usageReportPdf } from '#lib/api/operations/reports'
import { openApi } from '#lib/api/testing/api'
import type { Renderer } from '#lib/reports/renderer'
import { reportWorld } from '#lib/reports/testing/world'
import { share } from '#lib/server/shared'

/** The two routes on a world, and a token that may ask them. */
async function apiWorld() {
  const world = await reportWorld()
  const { admin, alder, renderer, sql } = world
  await sql`update organizations set token_limit_override = 10 where id = ${alder.id}`
  share('renderer', renderer)
  const { api, token } = openApi(world)
  const { secret } = await token(admin, { organizationId: alder.id, name: 'Reports', scopes: ['reports:read'] })
  const again = await token(admin, { organizationId: alder.id, name: 'Reports too', scopes: ['reports:read'] })
  const other = await token(admin, { organizationId: alder.id, name: 'Data', scopes: ['data:read'] })
  type Way = { readonly method?: 'GET' | 'HEAD'; readonly signal?: AbortSignal }
  const get = (file: 'pdf' | 'csv', query = '', by: typeof secret | null = secret, way: Way = {}) =>
    mountOn(() => api, [file === 'pdf' ? usageReportPdf : usageReportCsv])[way.method ?? 'GET'](
      new Request(`http://localhost/api/v1/reports/usage.${file}${query}`, {
        ...way,
        headers: { 'x-forwarded-for': '192.0.2.7', ...(by === null ? {} : { authorization: `Bearer ${by.reveal()}` }) },
      }),
      { params: Promise.resolve({}) },
    )
  const go = (query: string, way: Way) => get('pdf', query, secret, way)
  return { ...world, get, go, another: again.secret, other: other.secret }
}

const crowded = (renderer: Renderer, word: 'busy' | 'too_often', heard: (caller: string) => void = () => {}) => ({
  ...renderer,
  async openFor(caller: string) {
    heard(caller)
    return word
  },
})

test('a token with reports:read gets a PDF and a CSV of a period, and the trail says so', async () => {
  const { get, sql } = await apiWorld()
  const pdf = await get(
    'pdf',
    '?from=2026-11-20&to=2026-11-22T12:00:00%2B00:00&organization=alder&timeZone=Asia/Kolkata',
  )
  expect(pdf.status).toBe(200)
  expect(pdf.headers.get('content-type')).toBe('application/pdf')
  expect(pdf.headers.get('content-disposition')).toBe('attachment; filename="alder-usage-2026-11-20-to-2026-11-22.pdf"')
  expect((await getDocumentProxy(new Uint8Array(await pdf.arrayBuffer()))).numPages).toBeGreaterThan(2)
  const csv = await get('csv')
  expect((await csv.text()).split('\r\n')).toHaveLength(2 * 24 * 3 + 2)
  expect(await sql`select actor_name from audit_events where action = 'report.requested'`).toHaveLength(2)
})

test('a period, time zone or organization that there is not is refused with a problem document', async () => {
  const { get } = await apiWorld()
  for (const [query, status, code] of [
    ['?from=2026-02-02&to=2026-02-01', 422, 'invalid'],
    ['?from=2025-01-01&to=2026-01-03', 422, 'invalid'],
    ['?from=yesterday', 422, 'invalid'],
    ['?timeZone=Mars/Base', 422, 'invalid'],
    ['?days=7', 422, 'invalid'],
    ['?organization=northwind', 404, 'not_found'],
  ] as const) {
    const answer = await get('pdf', query)
    expect(answer.headers.get('content-type'), query).toBe('application/problem+json')
    expect(await answer.json(), query).toMatchObject({ status, code })
  }
})

test('nobody, and a token without the scope, gets a report', async () => {
  const { get, other } = await apiWorld()
  expect((await get('csv', '', null)).status).toBe(401)
  const answer = await get('csv', '', other)
  expect(await answer.json()).toMatchObject({ status: 403, code: 'insufficient_scope' })
})

test('the tokens of an organization ask for their places as one caller, whichever file they want', async () => {
  const { get, renderer, another } = await apiWorld()
  const callers = new Set<string>()
  share(
    'renderer',
    crowded(renderer, 'too_often', (caller) => callers.add(caller)),
  )
  onTestFinished(() => share('renderer', renderer))
  await get('csv')
  const answer = await get('pdf', '', another)
  expect([...callers]).toEqual([expect.any(String)])
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
  expect(await answer.json()).toMatchObject({ status: 429, code: 'too_often' })
})

test('where too many wait, a caller is told when to come back', async () => {
  const { get, renderer } = await apiWorld()
  share('renderer', crowded(renderer, 'busy'))
  onTestFinished(() => share('renderer', renderer))
  const answer = await get('csv')
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
  expect(await answer.json()).toMatchObject({ status: 503, code: 'busy' })
})

test('a client that goes away ends its report, and gives its place to the next', async () => {
  const { get, sql } = await apiWorld()
  for (let nth = 0; nth < 3; nth++) {
    const reader = (await get('pdf')).body?.getReader()
    expect((await reader?.read())?.value?.length).toBeGreaterThan(0)
    await reader?.cancel()
  }
  await expect
    .poll(() => sql`select from pg_stat_activity where datname = current_database() and state like 'idle in tr%'`)
    .toHaveLength(0)
})

test('HEAD is told what GET would be, and nothing is rendered, waited for or in the trail', async () => {
  const { go, renderer, sql } = await apiWorld()
  share('renderer', crowded(renderer, 'busy'))
  onTestFinished(() => share('renderer', renderer))
  const answer = await go('', { method: 'HEAD' })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/pdf')
  expect(answer.body).toBeNull()
  expect((await go('?timeZone=Mars/Base', { method: 'HEAD' })).status).toBe(422)
  expect(await sql`select from audit_events where action = 'report.requested'`).toHaveLength(0)
})

test('a client that goes away while it waits for a place waits no longer, and leaves nothing in the trail', async () => {
  const { go, order, renderer, sql } = await apiWorld()
  const signal = new AbortController().signal
  const held = [await renderer.open(order(), { signal }), await renderer.open(order(), { signal })]
  onTestFinished(() => {
    for (const each of held) each.leave()
  })
  const gone = new AbortController()
  const waiting = go('', { signal: gone.signal })
  setTimeout(() => gone.abort(), 200)
  expect((await waiting).status).toBe(499)
  expect(await sql`select from audit_events where action = 'report.requested'`).toHaveLength(0)
})
