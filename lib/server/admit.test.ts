import { createServer, type IncomingHttpHeaders, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { OPERATIONS } from '#lib/api/operations'
import { REQUESTED_PATH } from '#lib/request-headers'
import { admit } from '#lib/server/admit'

/** A server that answers what it let in: with the path as the desk would read it. */
async function open({ trusting = false, appUrl = 'http://tokens.example' } = {}) {
  const server = createServer((request, response) => {
    if (admit(request, response, { isTrusted: () => trusting, appUrl }))
      request.resume().on('end', () => response.end(String(request.headers[REQUESTED_PATH])))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return (path: string, headers: Record<string, string | number> = {}, body = '', method = 'GET') =>
    new Promise<{ status: number; text: string; headers: IncomingHttpHeaders }>((resolve, reject) => {
      const outgoing = send(
        { port, host: '127.0.0.1', path, method: body === '' ? method : 'POST', headers },
        (response) => {
          let text = ''
          response.on('data', (chunk) => {
            text += chunk
          })
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }))
        },
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })
}

test('a body over 64 KiB is refused by its announced length, and one of unknown length altogether', async () => {
  const ask = await open()
  const whole = 'x'.repeat(64 * 1024)
  expect((await ask('/api/auth/x', { 'content-length': whole.length }, whole)).status).toBe(200)
  expect((await ask('/', { 'content-length': whole.length + 1 }, `${whole}x`)).status).toBe(413)
  expect((await ask('/', { 'transfer-encoding': 'chunked' }, 'x')).status).toBe(411)
})

test('a path that cannot be read is a bad request', async () => {
  const ask = await open()
  for (const path of ['/o/%E0%A4%A/tokens', '/o/%00/tokens', '/%']) expect((await ask(path)).status).toBe(400)
})

test('a path with dot segments is a bad request, which no cache keeps', async () => {
  const ask = await open()
  for (const up of ['..', '.', '%2e%2e', '.%2E', '%2e'])
    for (const path of [
      `/_next/static/${up}/${up}/account`,
      `/_next/static%2f${up}%2faccount`,
      `/a\\${up}\\b`,
      `/${up}`,
    ]) {
      const { status, headers } = await ask(path)
      expect(status, path).toBe(400)
      expect(headers['cache-control'], path).toContain('no-store')
    }
  for (const path of ['/_next/static/a..b/.c/...js', '/icon.svg', '/.well-known/x?at=/../'])
    expect((await ask(path)).status, path).toBe(200)
})

test('only paths of this server are answered, under a name that a server can have', async () => {
  const ask = await open()
  for (const path of ['*', 'http://evil.test/sign-in', '/_global-error'])
    expect((await ask(path)).status, path).toBe(path.startsWith('/') ? 404 : 400)
  for (const host of ['%00@[', 'a b', 'a/b', 'a@b', ':::', 'a:123456', '256.256.256.256'])
    expect((await ask('/', { host })).status, host).toBe(400)
  for (const host of ['tokens.example', '[::1]:3000', '127.0.0.1:3000', 'desk_1'])
    expect((await ask('/', { host })).status, host).toBe(200)
})

test('the desk is told the path that was asked for, whatever the request itself says of it', async () => {
  const ask = await open()
  expect((await ask('/o/alder/tokens?q=a&_rsc=1', { [REQUESTED_PATH]: '/elsewhere' })).text).toBe('/o/alder/tokens?q=a')
})

test('the id of a request is a proxy of ours to give, if it is short and tame', async () => {
  const idOf = async (ask: Awaited<ReturnType<typeof open>>, given: string) =>
    (await ask('/', { 'x-request-id': given })).headers['x-request-id']
  const behind = await open({ trusting: true })
  expect(await idOf(behind, 'edge-7.1_a')).toBe('edge-7.1_a')
  for (const wild of ['', 'x'.repeat(65), '{"a":1}', 'a b']) expect(await idOf(behind, wild)).toMatch(/^[0-9a-f-]{36}$/)
  expect(await idOf(await open(), 'edge-7.1_a')).toMatch(/^[0-9a-f-]{36}$/)
})

test('browsers are told to stay with TLS only where they came by it', async () => {
  const isTold = async (options: Parameters<typeof open>[0], headers: Record<string, string> = {}) =>
    'strict-transport-security' in (await (await open(options))('/', headers)).headers
  expect(await isTold({})).toBe(false)
  expect(await isTold({}, { 'x-forwarded-proto': 'https' })).toBe(false)
  expect(await isTold({ trusting: true }, { 'x-forwarded-proto': 'https' })).toBe(true)
  expect(await isTold({ appUrl: 'https://tokens.example' })).toBe(true)
  expect(await isTold({ trusting: true, appUrl: 'https://tokens.example' }, { 'x-forwarded-proto': 'http' })).toBe(
    false,
  )
})

test('a refusal carries the policy too', async () => {
  const { headers } = await (await open())('/%')
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect(headers['cache-control']).toBe('private, no-store')
})

const ACTION = {
  host: 'tokens.example',
  origin: 'http://tokens.example',
  'next-action': 'x',
  'content-type': 'text/plain;charset=UTF-8',
  'content-length': 4,
}
const { 'next-action': _, ...WITHOUT_ACTION } = ACTION
const { origin: __, ...WITHOUT_ORIGIN } = ACTION

test.each([
  ['an action that a page of ours sends', ACTION, 200],
  ['an action of a page under another port', { ...ACTION, origin: 'http://tokens.example:81' }, 403],
  ['an action from another site', { ...ACTION, origin: 'https://evil.test' }, 403],
  [
    'an action from another site that forges who forwarded it',
    { ...ACTION, origin: 'https://evil.test', 'x-forwarded-host': 'evil.test' },
    403,
  ],
  ['an action from nowhere', { ...ACTION, origin: 'null' }, 403],
  ['an action whose origin is no address', { ...ACTION, origin: 'tokens.example' }, 403],
  ['an action without an origin', WITHOUT_ORIGIN, 403],
  ['an action as a form', { ...ACTION, 'content-type': 'multipart/form-data; boundary=b' }, 415],
  ['an action in an encoded form', { ...ACTION, 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ['an action as nothing in particular', { ...ACTION, 'content-type': '' }, 415],
  ["a form's own post", { ...WITHOUT_ACTION, 'content-type': 'multipart/form-data; boundary=b' }, 405],
  ['any other post', WITHOUT_ACTION, 405],
])('posted to a page: %s', async (_name, headers, status) => {
  const ask = await open()
  expect((await ask('/o/alder/tokens', headers, '[{}]')).status).toBe(status)
})

test.each(['/api/health', '/o/alder/tokens/changes', '/o/alder/tokens/%63hanges?x=1', '/icon.svg'])(
  'what is no page takes no action: %s',
  async (path) => {
    const ask = await open()
    expect((await ask(path, ACTION, '[{}]')).status).toBe(405)
  },
)

const UPLOAD = { host: 'tokens.example', origin: 'http://tokens.example', 'content-type': 'text/csv' }
const IMPORT = '/o/alder/devices/import'
const MIB = 1024 * 1024

test('a file of devices is posted by a page of ours, as CSV of at most 1 MiB', async () => {
  const ask = await open()
  const post = async (more: Record<string, string | number>, body = 'm-1,Meter', path = IMPORT) =>
    (await ask(path, { ...UPLOAD, 'content-length': body.length, ...more }, body)).status
  expect(await post({})).toBe(200)
  expect(await post({ 'content-type': 'Text/CSV; charset=utf-8' })).toBe(200)
  expect(await post({}, 'x'.repeat(MIB))).toBe(200)
  expect(await post({}, 'x'.repeat(MIB + 1))).toBe(413)
  for (const type of [
    'text/plain',
    'multipart/form-data; boundary=b',
    'application/x-www-form-urlencoded',
    '',
    'text/csvx',
  ])
    expect(await post({ 'content-type': type }), type).toBe(415)
  for (const origin of ['https://evil.test', 'http://tokens.example:81', 'null', ''])
    expect(await post({ origin }), origin).toBe(403)
  const { origin: _, ...nowhere } = { ...UPLOAD, 'content-length': 2 }
  expect((await ask(IMPORT, nowhere, 'xx')).status).toBe(403)
})

test('nothing else takes an upload, and an upload takes no action', async () => {
  const ask = await open()
  for (const path of [
    '/o/alder/devices',
    '/o/alder/devices/import/',
    '/o/alder/devices/import?x=1',
    '/o/alder/devices/%69mport',
    '//o/alder/devices/import',
    '/o/alder/x/devices/import',
    '/o/ALDER/devices/import',
    '/api/import',
  ]) {
    expect((await ask(path, { ...UPLOAD, 'content-length': 2 }, 'xx')).status, path).toBe(405)
    expect((await ask(path, { ...UPLOAD, 'content-length': MIB }, 'x'.repeat(MIB))).status, path).toBe(413)
  }
  expect((await ask(IMPORT, ACTION, '[{}]')).status).toBe(405)
  expect((await ask(IMPORT, { ...ACTION, 'content-length': MIB }, 'x'.repeat(MIB))).status).toBe(413)
  expect((await ask(IMPORT, { 'content-length': MIB }, '', 'PUT')).status).toBe(413)
})

test('a form that is sent before its script runs leads to the page again, and what it sent goes nowhere', async () => {
  const ask = await open()
  const form = { ...WITHOUT_ACTION, 'content-type': 'application/x-www-form-urlencoded' }
  const { status, headers } = await ask('/sign-in?next=%2Faccount', form, 'a=bc')
  expect([status, headers.location]).toEqual([303, '/sign-in'])
})

test('behind a proxy of ours a page of ours is one under the name that people use', async () => {
  const ask = await open({ trusting: true })
  const forwarded = { ...ACTION, host: '10.0.0.7:3000', 'x-forwarded-host': 'Tokens.example, 10.0.0.8' }
  expect((await ask('/', forwarded, '[{}]')).status).toBe(200)
  expect((await ask('/', { ...forwarded, origin: 'http://10.0.0.7:3000' }, '[{}]')).status).toBe(403)
})

test('pages and routes are read, and nothing else', async () => {
  const ask = await open()
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY']) {
    const { status, headers, text } = await ask('/api/auth/session', {}, '', method)
    expect([status, headers.allow, headers['content-type']], method).toEqual([
      405,
      'GET, HEAD',
      'application/problem+json',
    ])
    expect(JSON.parse(text)).toMatchObject({ code: 'method_not_allowed' })
  }
})

test('every operation of the HTTP API is let in by its method', async () => {
  const ask = await open()
  for (const { method, path } of OPERATIONS) {
    const at = path.replace(/\{\w+\}/g, '0000000000000000')
    const { status } = await ask(at, { 'content-length': 0 }, '', method)
    expect(status, `${method} ${path}`).toBe(200)
  }
})
