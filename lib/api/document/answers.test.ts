import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '#db/client'
import { apiDocument } from '#lib/api/document/document'
import { openJudge } from '#lib/api/document/testing/judge'
import { openApi } from '#lib/api/testing/api'
import { tellHealth, tellReadiness } from '#lib/health'
import { testWorld } from '#lib/testing/world'
import { secretString } from '#lib/tokens/secret'
import { bearer, postForm, send, serveVerifier } from '#lib/verification/testing/http'
import { openWorld } from '#lib/verification/testing/world'

const { judge } = openJudge(apiDocument(undefined))

test('a judge finds fault with a status, header, field or type that the document does not tell of', () => {
  const problem = { type: 'about:blank', title: 'Unauthorized', status: 401, code: 'invalid_token', detail: '' }
  const told = (status: number, body: object, headers: Record<string, string> = {}) =>
    judge('/api/v1/tokens', 'GET', {
      status,
      headers: { 'content-type': 'application/problem+json', 'www-authenticate': 'Bearer', ...headers },
      text: JSON.stringify(body),
    })
  expect(told(401, problem)).toEqual([])
  expect(told(418, problem)).toEqual(['GET /api/v1/tokens does not announce 418'])
  for (const change of [{ code: 'another' }, { status: 403 }, { detail: undefined }, { more: 1 }])
    expect(told(401, { ...problem, ...change })).toHaveLength(1)
  expect(told(401, problem, { 'content-type': 'text/html' })).toEqual(['text/html is not announced'])
  expect(told(200, { data: [], nextCursor: null }, { 'content-type': 'application/json' })).toEqual([])
})

test('what the tokens of the HTTP API answer is what the document says', async () => {
  const world = await testWorld()
  const admin = await world.person(world.alder, 'admin')
  const { call, token } = openApi(world)
  const at = { organizationId: world.alder.id }
  const reader = await token(admin, { ...at, name: 'Reader', scopes: ['tokens:read'] })
  const other = await token(admin, { ...at, name: 'Other', scopes: ['data:read'] })
  for (const [secret, url, status] of [
    [reader.secret, '/api/v1/tokens', 200],
    [reader.secret, '/api/v1/tokens?limit=1', 200],
    [reader.secret, '/api/v1/tokens?limit=0', 422],
    [reader.secret, '/api/v1/tokens?organization=nowhere', 404],
    [other.secret, '/api/v1/tokens', 403],
    [null, '/api/v1/tokens', 401],
  ] as const) {
    const { headers, json, ...told } = await call(secret, 'GET', url)
    expect(told.status, url).toBe(status)
    const seen = { status, headers: Object.fromEntries(headers), text: JSON.stringify(json) }
    expect(judge('/api/v1/tokens', 'GET', seen), url).toEqual([])
  }
})

test('what the server tells of itself is what the document says, whether its database answers or not', async () => {
  const { db } = await testWorld()
  const away = openDatabase('postgres://nobody@127.0.0.1:1/none', { connections: 1 })
  onTestFinished(() => away.close())
  for (const [path, answer, status] of [
    ['/api/health', tellHealth(), 200],
    ['/api/ready', await tellReadiness(db), 200],
    ['/api/ready', await tellReadiness(away), 503],
  ] as const) {
    expect(answer.status, path).toBe(status)
    const seen = { status, headers: Object.fromEntries(answer.headers), text: await answer.text() }
    expect(judge(path, 'GET', seen), path).toEqual([])
  }
})

test('what the verifier answers is what the document says', async () => {
  const world = await openWorld()
  const { platform, alder, birch } = world.organizations
  const base = await serveVerifier(world.url)
  const gateway = await world.ready({ organizationId: platform }, { scopes: ['tokens:verify'] })
  const target = await world.ready({ organizationId: alder }, { expiresAt: new Date('2999-01-01') })
  const owner = await world.addUser({ [alder]: 'admin', [birch]: 'viewer' })
  const personal = await world.ready({ userId: owner })
  const nobody = secretString('tok_org_x')
  const token = target.secret.reveal()

  const seen = async (status: number, path: string, method: string, answered: ReturnType<typeof send>) => {
    const { headers, text, ...told } = await answered
    expect(told.status, `${method} ${path}`).toBe(status)
    const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    expect(judge(path.split('?', 1)[0] ?? '', method, { status, headers: flat, text }), `${status} ${path}`).toEqual([])
  }
  const verify = (status: number, by: typeof nobody, body: string) => {
    const headers = { ...bearer(by), 'content-type': 'application/json' }
    return seen(
      status,
      '/api/v1/verify',
      'POST',
      send(`${base}/api/v1/verify`, { method: 'POST', headers, body: [body] }),
    )
  }
  await verify(200, gateway.secret, JSON.stringify({ token }))
  await verify(200, gateway.secret, JSON.stringify({ token: 'x' }))
  await verify(200, gateway.secret, JSON.stringify({ token, scope: 'measurements:write' }))
  await verify(400, gateway.secret, '{')
  await verify(401, nobody, JSON.stringify({ token }))
  await verify(403, target.secret, JSON.stringify({ token }))
  await verify(413, nobody, 'x'.repeat(65_537))
  await verify(422, gateway.secret, JSON.stringify({ token, ip: 'here' }))

  const introspect = (status: number, by: typeof nobody, form: Record<string, string>) =>
    seen(status, '/api/v1/introspect', 'POST', postForm(`${base}/api/v1/introspect`, form, bearer(by)))
  await introspect(200, gateway.secret, { token })
  await introspect(200, gateway.secret, { token: 'x' })
  await introspect(400, gateway.secret, {})
  await introspect(401, nobody, { token })
  await introspect(403, target.secret, { token })

  const me = (status: number, by: typeof nobody, query = '') =>
    seen(status, `/api/v1/me${query}`, 'GET', send(`${base}/api/v1/me${query}`, { headers: bearer(by) }))
  await me(200, target.secret)
  await me(200, personal.secret)
  await me(200, target.secret, '?scope=data:read')
  await me(401, nobody)
  for (const query of ['?scope=tokens:write', '?organization=nowhere']) await me(403, target.secret, query)
  await me(403, personal.secret, '?scope=data:read')
  await me(422, target.secret, '?scope=')

  await seen(400, '/api/v1/revoke', 'POST', postForm(`${base}/api/v1/revoke`, {}))
  await seen(200, '/api/v1/revoke', 'POST', postForm(`${base}/api/v1/revoke`, { token }))
})
