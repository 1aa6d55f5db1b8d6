import { OPERATIONS } from '#lib/api/operations'
import { exchange } from './support/exchange'
import { routesOfBuild } from './support/routes'
import { ofThisRun } from './support/run'
import { expect, test } from './support/test'

type Route = {
  /** An address of it. */
  readonly at: string
  /** Where it cannot be read. */
  readonly method?: 'POST' | 'DELETE'
  /** How it answers somebody without a session or credential. */
  readonly answers: number
  /** What of the server answers there: their rules for hosts and bodies differ. */
  readonly by: 'desk' | 'data plane' | 'metrics'
  /** It takes DELETE. */
  readonly deletes?: true
}

const desk = (at: string, answers: number): Route => ({ at, answers, by: 'desk' })

/** Those of the management API, as its operations say: read where that is possible, else posted to, else deleted. */
const OPERATED: Readonly<Record<string, Route>> = Object.fromEntries(
  OPERATIONS.map(({ path }) => {
    const methods = OPERATIONS.filter((each) => each.path === path).map(({ method }) => method)
    const method = methods.includes('GET') ? undefined : methods.includes('POST') ? 'POST' : 'DELETE'
    const at = path.replace(/\{\w+\}/g, '0000000000000000')
    return [
      path.replaceAll('{', '[').replaceAll('}', ']'),
      { ...desk(at, 401), ...(method && { method }), ...(methods.includes('DELETE') && { deletes: true }) },
    ]
  }),
)

/** Every route; a new one without a row fails the first test. */
const ROUTES: Readonly<Record<string, Route>> = {
  ...OPERATED,
  '/': desk('/', 307),
  '/account': desk('/account', 307),
  '/account/changes': desk('/account/changes', 401),
  '/account/tokens/[id]': desk('/account/tokens/0000000000000000', 307),
  '/api/[...path]': desk('/api/v1/nothing', 404),
  '/api/auth/[...nextauth]': desk('/api/auth/session', 200),
  '/api/health': desk('/api/health', 200),
  '/api/metrics': { at: '/api/metrics', answers: 200, by: 'metrics' },
  '/api/openapi.json': desk('/api/openapi.json', 200),
  '/api/ready': desk('/api/ready', 200),
  '/api/v1/introspect': { at: '/api/v1/introspect', method: 'POST', answers: 401, by: 'data plane' },
  '/api/v1/me': { at: '/api/v1/me', answers: 401, by: 'data plane' },
  '/api/v1/revoke': { at: '/api/v1/revoke', method: 'POST', answers: 400, by: 'data plane' },
  '/api/v1/verify': { at: '/api/v1/verify', method: 'POST', answers: 401, by: 'data plane' },
  '/callers': desk('/callers', 401),
  '/docs/api': desk('/docs/api', 200),
  '/o/[slug]/analytics': desk('/o/alder/analytics', 307),
  '/o/[slug]/analytics/csv': desk('/o/alder/analytics/csv', 401),
  '/o/[slug]/audit': desk('/o/alder/audit', 307),
  '/o/[slug]/audit/csv': desk('/o/alder/audit/csv', 401),
  '/o/[slug]/customers': desk('/o/northwind/customers', 307),
  '/o/[slug]/customers/csv': desk('/o/northwind/customers/csv', 401),
  '/o/[slug]/hits': desk('/o/alder/hits', 401),
  '/o/[slug]/settings': desk('/o/alder/settings', 307),
  '/o/[slug]/settings/changes': desk('/o/platform/settings/changes', 401),
  '/invite': desk('/invite', 200),
  '/o/[slug]/devices': desk('/o/alder/devices', 307),
  '/o/[slug]/devices/choices': desk('/o/alder/devices/choices', 401),
  '/o/[slug]/devices/import': desk('/o/alder/devices/import', 405),
  '/o/[slug]/members': desk('/o/alder/members', 307),
  '/o/[slug]/reports': desk('/o/alder/reports', 307),
  '/o/[slug]/reports/[id]/file': desk('/o/alder/reports/00000000-0000-4000-8000-000000000000/file', 401),
  '/o/[slug]/reports/changes': desk('/o/alder/reports/changes', 401),
  '/o/[slug]/tokens': desk('/o/alder/tokens', 307),
  '/o/[slug]/tokens/[id]': desk('/o/alder/tokens/0000000000000000', 307),
  '/o/[slug]/tokens/changes': desk('/o/alder/tokens/changes', 401),
  '/o/[slug]/tokens/csv': desk('/o/alder/tokens/csv', 401),
  '/organizations': desk('/organizations', 401),
  '/revocations': desk('/revocations', 401),
  '/reset-password': desk('/reset-password', 200),
  '/setup': desk('/setup', 307),
  '/sign-in': desk('/sign-in', 200),
}

/** One request: what of it is unusual; `status` where that is not answered as usual. */
type Hostile = {
  readonly method?: string
  readonly query?: string
  readonly headers?: readonly string[]
  readonly host?: string | null
  readonly body?: string
  readonly status?: number | ((route: Route) => number)
}

const onDesk = (status: number) => (route: Route) => (route.by === 'desk' ? status : route.answers)
// The metrics are nobody's under a foreign name.
const byName = (route: Route) => (route.by === 'metrics' ? 404 : onDesk(400)(route))
const KIB_64 = 64 * 1024
const carrying = (length: number) => ({ headers: [`Content-Length: ${length}`], body: 'x'.repeat(length) })

const HOSTILE: Readonly<Record<string, Hostile>> = {
  'a body of 64 KiB': carrying(KIB_64),
  'a body of one byte more': { ...carrying(KIB_64 + 1), status: 413 },
  'a body that is said to be larger, and never comes': { headers: ['Content-Length: 99999999'], status: 413 },
  'a body in chunks': {
    headers: ['Transfer-Encoding: chunked'],
    body: '5\r\nhello\r\n0\r\n\r\n',
    status: onDesk(411),
  },
  'a length that is no number': { headers: ['Content-Length: many'], status: 400 },
  'a length below nothing': { headers: ['Content-Length: -1'], status: 400 },
  'a length beyond all numbers': { headers: [`Content-Length: ${'9'.repeat(30)}`], status: 400 },
  'two lengths': { headers: ['Content-Length: 1', 'Content-Length: 2'], body: 'xx', status: 400 },
  'a length and chunks': { headers: ['Content-Length: 2', 'Transfer-Encoding: chunked'], body: '{}', status: 400 },
  'a method to delete with': { method: 'DELETE', status: ({ deletes, answers }) => (deletes ? answers : 405) },
  'a method to trace with': { method: 'TRACE', status: 405 },
  'a method of another protocol': { method: 'PROPFIND', status: 405 },
  'a method that there is not': { method: 'STEAL', status: 400 },
  'a very long query': { query: `q=${'x'.repeat(8_000)}` },
  'a query that cannot be read': { query: 'q=%zz%&%=%ff&%00=%00' },
  'a query about prototypes': { query: '__proto__[x]=1&constructor=1&status[]=a&status[b]=c&sort=__proto__' },
  'the same in a query twice': { query: 'q=a&q=b&after=a&after=b&next=%2F%2Felsewhere.test&next=c' },
  'a header that is too long': { headers: [`X-Long: ${'x'.repeat(17_000)}`], status: 431 },
  'cookies that are none of ours': {
    headers: [`Cookie: authjs.session-token=${'e'.repeat(3_000)}; authjs.csrf-token=%%%`],
  },
  'several credentials': { headers: ['Authorization: Bearer a', 'Authorization: Bearer b'] },
  'a credential that is no text': { headers: ['Authorization: Bearer \xe9\xff'] },
  'an upgrade to WebSockets': { headers: ['Upgrade: websocket', 'Sec-WebSocket-Version: 13'] },
  'an upgrade to HTTP/2': { headers: ['Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'] },
  'an expectation that nobody knows': { headers: ['Expect: a miracle'], status: 417 },
  'an action that is read': { headers: [`Next-Action: 7f${'0'.repeat(40)}`] },
  "the framework's own marks": {
    headers: ['X-Middleware-Subrequest: middleware:middleware', 'X-Nextjs-Data: 1', 'X-Matched-Path: /account'],
  },
  'a range and a condition': {
    headers: ['Range: bytes=0-1', 'If-None-Match: *'],
    // The one thing that may be kept: whatever of it is held holds.
    status: (route) => (route.at === '/api/openapi.json' ? 304 : route.answers),
  },
  'a forged forwarding': {
    headers: ['X-Forwarded-Host: evil.test', 'X-Forwarded-Proto: javascript', 'Forwarded: host=evil.test;proto=x'],
    // Metrics go to this very machine, and to nobody through it.
    status: (route) => (route.by === 'metrics' ? 404 : route.answers),
  },
  'no name of a server': { host: null, status: 400 },
  'an empty name of a server': { host: '', status: byName },
  'a name that no server has': { host: '%00@[', status: byName },
}

const base = () => ofThisRun('E2E_BASE_URL')

async function send(route: Route, hostile: Hostile) {
  const { query, headers = [], host = new URL(base()).host, body } = hostile
  const method = hostile.method ?? route.method ?? 'GET'
  const length = body === undefined && headers.every((header) => !/^(?:content-length|transfer)/i.test(header))
  const lines = [
    `${method} ${route.at}${query === undefined ? '' : `?${query}`} HTTP/1.1`,
    ...(host === null ? [] : [`Host: ${host}`]),
    `Connection: ${headers.some((header) => header.startsWith('Upgrade')) ? 'Upgrade, close' : 'close'}`,
    ...(length && method !== 'GET' ? ['Content-Length: 0'] : []),
    ...headers,
  ]
  return exchange(base(), Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body ?? ''}`, 'latin1'))
}

test('every route that the build or the data plane lists has its row here', async () => {
  expect(Object.keys(ROUTES).toSorted()).toEqual(await routesOfBuild())
})

for (const [name, route] of Object.entries(ROUTES)) {
  test(`whatever is sent to ${name} is answered as it must be, and the next one as ever`, async () => {
    const usual = { status: route.answers, 'has its type': true }
    const wanted = Object.entries(HOSTILE).map(([what, { status = route.answers }]) => [
      what,
      { ...usual, status: typeof status === 'number' ? status : status(route) },
    ])
    const answers = await Promise.all(Object.values(HOSTILE).map((hostile) => send(route, hostile)))
    const told = answers.map(({ status, headers, text }, index) => [
      Object.keys(HOSTILE)[index],
      { status, 'has its type': headers.has('content-type') || /^(?:0\r\n\r\n)?$/.test(text) },
    ])
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(wanted))
    for (const { status, headers, text } of answers) {
      if (status === 405) expect(headers.get('allow')).toMatch(/GET, HEAD|POST|DELETE/)
      if (route.at.startsWith('/api/') && status >= 400 && text.startsWith('{'))
        expect(headers.get('content-type')).toBe('application/problem+json')
      expect(text + [...headers.values()].join()).not.toContain('evil.test')
    }
    expect((await send(route, {})).status).toBe(route.answers)
  })
}

test('what is no request, or none for this server, is refused at once', async () => {
  const host = `Host: ${new URL(base()).host}\r\nConnection: close\r\n\r\n`
  const statuses = async (...lines: string[]) =>
    Promise.all(lines.map(async (line) => [line.slice(0, 40), (await exchange(base(), `${line}\r\n${host}`)).status]))
  expect(
    await statuses(
      'GET http://evil.test/sign-in HTTP/1.1',
      'GET * HTTP/1.1',
      'GET /o/%zz/tokens HTTP/1.1',
      'GET /o/%E0%A4%A/tokens HTTP/1.1',
      'GET /o/%00/tokens HTTP/1.1',
      'GET /_global-error HTTP/1.1',
      `GET /${'x'.repeat(17_000)} HTTP/1.1`,
      '\x16\x03\x01\x02\x00',
      'PRI * HTTP/2.0',
    ),
  ).toEqual([
    ['GET http://evil.test/sign-in HTTP/1.1', 400],
    ['GET * HTTP/1.1', 400],
    ['GET /o/%zz/tokens HTTP/1.1', 400],
    ['GET /o/%E0%A4%A/tokens HTTP/1.1', 400],
    ['GET /o/%00/tokens HTTP/1.1', 400],
    ['GET /_global-error HTTP/1.1', 404],
    [`GET /${'x'.repeat(35)}`, 431],
    ['\x16\x03\x01\x02\x00', 400],
    ['PRI * HTTP/2.0', 400],
  ])
})

const AUTH = ['callback/credentials', 'signin/credentials', 'signout', 'session', 'csrf', 'nothing', 'callback/nothing']
const FORMS: readonly (readonly [string, string | Uint8Array<ArrayBuffer>])[] = [
  ['application/json', '{'],
  ['application/json', 'null'],
  ['application/json', '5'],
  ['application/json', '{"csrfToken":{"a":1},"email":[],"password":{"toString":1},"__proto__":{"a":1}}'],
  ['application/json', '['.repeat(30_000)],
  ['application/json', Uint8Array.of(0x22, 0xff, 0x22)],
  ['application/x-www-form-urlencoded', '%&csrfToken=a&csrfToken=b&callbackUrl=http://evil.test'],
  ['multipart/form-data; boundary=x', '--x'],
  ['multipart/form-data', 'x'],
  ['text/plain', 'x'],
]

test('whatever is posted to sign in or out by is refused, and leads nowhere else', async () => {
  const asked = AUTH.flatMap((path) => FORMS.map(([type, body]) => ({ path, type, body })))
  for (const { path, type, body } of asked) {
    const answer = await fetch(`${base()}/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
      redirect: 'manual',
    })
    const { status, headers } = answer
    expect([302, 400], `${path} ${type} ${String(body).slice(0, 30)}`).toContain(status)
    const to = new URL(headers.get('location') ?? '/', base())
    expect(to.pathname + to.hostname).not.toContain('evil')
    expect(to.searchParams.get('error') ?? 'none').toMatch(/^(?:none|MissingCSRF|Configuration)$/)
    expect(headers.getSetCookie().join()).not.toContain('session-token=ey')
  }
})

test('behind the sign-in no address is more than something or nothing', async ({ page, elm }) => {
  const { csrfToken } = await (await page.request.get('/api/auth/csrf')).json()
  const form = { csrfToken, email: elm.viewer, password: 'a password for tests' }
  await page.request.post('/api/auth/callback/credentials', { form, maxRedirects: 0 })
  const cursor = (...place: unknown[]) => Buffer.from(JSON.stringify(place)).toString('base64url')
  const tokens = `/o/${elm.slug}/tokens`
  const something = [
    `${tokens}?after=${cursor('2026-02-31 00:00:00+00', '0000000000000000')}`,
    `${tokens}?before=${cursor('0000-01-01 00:00:00+00', '0000000000000000')}`,
    `${tokens}?after=${cursor('2026-01-01 00:00:00 (x)', '0000000000000000')}`,
    `${tokens}?after=${cursor('2026-01-01 00:00:00+99', '0000000000000000')}`,
    `${tokens}?sort=name&after=${cursor(null, '0000000000000000')}`,
    `${tokens}?after=${cursor('infinity', '0000000000000000')}&q=${'%5C%25_'.repeat(300)}`,
    `${tokens}?q=%F0%9F%98%80%ED%A0%80%00&status=__proto__&sort[]=x`,
    '/account?tab=__proto__&after=%00',
    `/organizations?q=${'%5C%25_'.repeat(300)}%00%ED%A0%80`,
  ]
  const nothing = [
    '/o/__proto__/tokens',
    '/o/%2500/tokens',
    '/o/Alder/tokens',
    `/o/${'x'.repeat(7_000)}/tokens`,
    '/o/alder/tokens',
    '/o/no-such-place/tokens',
    '/o/alder/tokens/changes',
    '/o/northwind/customers',
    '/o/northwind/customers/csv',
    '/o/northwind/hits',
    '/o/alder/hits',
    '/o/%2500/hits',
    `/o/${elm.slug}/customers`,
    `/o/${elm.slug}/audit`,
    `/o/${elm.slug}/audit/csv`,
    '/o/alder/audit?after=1&show=__proto__',
    '/o/%2500/audit/csv',
    '/o/alder/reports',
    '/o/alder/reports/changes',
    '/o/alder/reports/%2500/file',
    `/o/${elm.slug}/reports/00000000-0000-4000-8000-000000000000/file`,
    '/o/no-such-place/tokens/changes',
    '/o/%2500/tokens/changes',
    '/o/platform/settings/changes',
    `/o/${elm.slug}/settings/changes`,
    '/revocations',
    '/revocations?id=1',
    '/revocations?id=-1&id=%00&id=9e99',
    `/revocations?id=${'9'.repeat(7_000)}`,
    `${tokens}/%2500`,
    `${tokens}/${'x'.repeat(7_000)}`,
    `${tokens}/constructor`,
    '/account/tokens/%2500',
    '/callers',
    '/callers?token=%00',
    '/callers?token=0000000000000000',
    '/account/tokens/0000000000000000',
    '/%5Cevil.test',
    '/_error',
  ]
  const statusOf = async (path: string) => [path, (await page.request.get(path, { maxRedirects: 0 })).status()]
  expect(await Promise.all(something.map(statusOf))).toEqual(something.map((path) => [path, 200]))
  expect(await Promise.all(nothing.map(statusOf))).toEqual(nothing.map((path) => [path, 404]))
  expect(await statusOf(`${tokens}/..%2F..%2Faccount`), 'a way out of the path').toEqual([expect.any(String), 400])
})
