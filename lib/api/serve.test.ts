import { expect, test } from 'vitest'
import { openApi } from '#lib/api/testing/api'
import { testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { secretString } from '#lib/tokens/secret'

async function alder() {
  const world = await testWorld()
  const admin = await world.person(world.alder, 'admin')
  const api = openApi(world)
  const reader = await api.token(admin, { organizationId: world.alder.id, name: 'Reader', scopes: ['tokens:read'] })
  return { ...world, ...api, admin, reader }
}

test('a list is told to a token that may read it, page by page', async () => {
  const { call, reader, admin, alder: at } = await alder()
  await createToken(admin, { organizationId: at.id, name: 'Other' })
  const first = await call(reader.secret, 'GET', '/api/v1/tokens?limit=2&sort=name')
  expect(first.status).toBe(200)
  expect(first.headers.get('cache-control')).toBe('no-store')
  expect(first.json.data.map(({ name }: { name: string }) => name)).toEqual(['Default', 'Other'])
  const next = await call(reader.secret, 'GET', `/api/v1/tokens?limit=2&sort=name&cursor=${first.json.nextCursor}`)
  expect(next.json).toMatchObject({ data: [{ name: 'Reader', revealed: true }], nextCursor: null })
  expect(JSON.stringify([first.json, next.json])).not.toContain(reader.secret.reveal().slice(-49, -6))
})

test('what is wrong with a request is said in the order size, credential, scope, form, and what is there', async () => {
  const { call, api, admin, reader, alder: at, token } = await alder()
  const large = { text: 'x'.repeat(64 * 1024 + 1) }
  const other = await token(admin, { organizationId: at.id, name: 'Other', scopes: ['data:read'] })
  expect((await call(null, 'POST', '/api/v1/tokens', large)).status).toBeOneOf([405, 413])
  const nobody = await call(null, 'GET', '/api/v1/tokens?limit=0')
  expect(nobody).toMatchObject({ status: 401, json: { code: 'invalid_token' } })
  expect(nobody.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
  expect((await call(secretString('tok_org_x'), 'GET', '/api/v1/tokens')).status).toBe(401)
  const narrow = await call(other.secret, 'GET', '/api/v1/tokens?limit=0')
  expect(narrow).toMatchObject({ status: 403, json: { code: 'insufficient_scope' } })
  expect(narrow.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="tokens:read"')
  for (const query of ['limit=0', 'limit=101', 'limit=1&limit=2', 'nothing=1', 'status=x', 'cursor=%25', 'cursor=e30'])
    expect(await call(reader.secret, 'GET', `/api/v1/tokens?${query}`), query).toMatchObject({
      status: 422,
      json: { code: 'invalid', fields: { [query.split('=', 1)[0] ?? '']: expect.any(String) } },
    })
  for (const organization of ['northwind', 'platform', 'nowhere', '%00', at.id.replace(/.$/, 'x')])
    expect(await call(reader.secret, 'GET', `/api/v1/tokens?organization=${organization}`)).toMatchObject({
      status: 404,
      json: { code: 'not_found' },
    })
  const put = await call(reader.secret, 'PUT', '/api/v1/tokens')
  expect(put.status).toBe(405)
  expect(put.headers.get('allow')).toMatch(/^GET, HEAD/)
  expect(api.lookUps.counts().misses).toBeGreaterThan(0)
})

test('a use of the API is the last use of the token that calls', async () => {
  const { call, reader, sql } = await alder()
  await call(reader.secret, 'GET', '/api/v1/tokens')
  await expect
    .poll(async () => (await sql`select last_used_ip from tokens where id = ${reader.id}`)[0]?.['last_used_ip'])
    .toBe('192.0.2.7')
})

test('a personal token says which of several organizations it means', async () => {
  const { call, person, join, alder: at, northwind, organization, token } = await alder()
  const birch = await organization('Birch', northwind, 'customer')
  const both = await join(await person(at, 'viewer'), birch, 'admin')
  const { secret } = await token(both, { organizationId: null, name: 'CLI', scopes: ['tokens:read'] })
  expect(await call(secret, 'GET', '/api/v1/tokens')).toMatchObject({
    status: 422,
    json: { code: 'organization_required', fields: { organization: expect.any(String) } },
  })
  for (const organization of [at.slug, birch.id])
    expect((await call(secret, 'GET', `/api/v1/tokens?organization=${organization}`)).status).toBe(200)
})
