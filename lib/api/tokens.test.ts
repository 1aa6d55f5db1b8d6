import { createSecretKey, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { alderApi } from '#lib/api/testing/alder'
import { newRevealKey } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { revealToken } from '#lib/tokens/reveal'

test('a token goes through its whole life over HTTP, and the trail names the token that did it', async () => {
  const { call, post, writer, trail } = await alderApi()
  const made = await post('', { key: newRevealKey(), body: { name: 'Export', scope: 'data:read', expiresAt: null } })
  const at = `/api/v1/tokens/${made.json.tokenId}`
  expect(made.json).toMatchObject({ kind: 'organization', scope: 'data:read', expiresAt: null, status: 'active' })
  expect((await call(writer.secret, 'GET', at)).json).toMatchObject({ name: 'Export', resources: null, revealed: true })
  const edited = await call(writer.secret, 'PATCH', at, { body: { name: 'Renamed', ipRanges: ['203.0.113.0/24'] } })
  expect(edited.json).toMatchObject({ name: 'Renamed', ipRanges: ['203.0.113.0/24'] })
  const { json: revoked } = await call(writer.secret, 'POST', `${at}/revoke`, { body: { reason: 'Moved' } })
  expect(revoked).toMatchObject({ status: 'revoked', revokedAt: expect.any(String) })
  expect((await call(writer.secret, 'POST', `${at}/restore`)).json).toMatchObject({ status: 'active', revokedAt: null })
  expect((await call(writer.secret, 'DELETE', at)).json.code).toBe('not_deletable')
  await call(writer.secret, 'POST', `${at}/revoke`)
  expect(await call(writer.secret, 'DELETE', at)).toMatchObject({ status: 204, json: null })
  expect((await call(writer.secret, 'GET', at)).status).toBe(404)
  const events = await trail(made.json.tokenId)
  expect(events.map(({ action }) => action)).toEqual(
    ['created', 'revealed', 'edited', 'revoked', 'restored', 'revoked', 'deleted'].map((did) => `token.${did}`),
  )
  for (const { actor_name: name, details } of events) {
    expect(name).toBe('Token Writer')
    expect(details).toMatchObject({ byToken: writer.id })
  }
})

test('from above a token is made and rotated, and its secret never told', async () => {
  const { call, token, person, northwind, post, alder } = await alderApi()
  const above = await token(await person(northwind, 'admin'), {
    organizationId: northwind.id,
    name: 'Provisioning',
    scopes: ['data:read', 'reports:read', 'tokens:read', 'tokens:write'],
  })
  const asAbove = (method: string, path: string, body?: object) =>
    call(above.secret, method, `/api/v1/tokens${path}`, { body })
  const made = await asAbove('POST', '', { organization: 'alder', name: 'Handed over' })
  expect(made).toMatchObject({ status: 201, json: { revealed: false, token: null, organizationId: alder.id } })
  expect(made.json).not.toHaveProperty('secret')
  const key = newRevealKey()
  expect(await call(above.secret, 'POST', `/api/v1/tokens/${made.json.tokenId}/reveal`, { key })).toMatchObject({
    status: 403,
    json: { code: 'forbidden' },
  })
  const revealed = await post(`/${made.json.tokenId}/reveal`, { key })
  expect(revealed).toMatchObject({ status: 200, json: { revealed: true, secret: expect.any(String) } })
  const rotated = await asAbove('POST', `/${made.json.tokenId}/rotate`, {})
  expect(rotated).toMatchObject({ status: 201, json: { revealed: false, rotation: { overlapSeconds: 86_400 } } })
  expect(rotated.json).not.toHaveProperty('secret')
})

test('nobody grants or gets by a token what it does not hold', async () => {
  const { call, token, admin, alder, sql, person } = await alderApi()
  await sql`update organizations set token_limit_override = 50 where id = ${alder.id}`
  for (const id of ['meter-1', 'meter-2'])
    await sql`insert into devices (organization_id, id, name, name_key, created_at) values (${alder.id}, ${id}, ${id}, ${id}, now())`
  const at = { organizationId: alder.id }
  const narrow = await token(admin, {
    ...at,
    name: 'Narrow',
    scopes: ['data:read', 'tokens:write'],
    devices: ['meter-1'],
  })
  const wide = await createToken(admin, { ...at, name: 'Wide', scopes: ['reports:read'], devices: ['meter-1'] })
  const everywhere = await createToken(admin, { ...at, name: 'Everywhere', scopes: ['data:read'] })
  const create = (body: object) => call(narrow.secret, 'POST', '/api/v1/tokens', { body, key: newRevealKey() })
  const resources = ['device:meter-1']
  expect(await create({ name: 'A', scope: 'reports:read', resources })).toMatchObject({
    status: 422,
    json: { code: 'not_held', fields: { scope: expect.any(String) } },
  })
  for (const body of [{ name: 'B' }, { name: 'B', resources: ['device:meter-1', 'device:meter-2'] }])
    expect(await create(body)).toMatchObject({ status: 422, json: { fields: { resources: expect.any(String) } } })
  const own = await create({ name: 'C', resources })
  expect(own).toMatchObject({ status: 201, json: { scope: 'data:read', resources } })
  for (const body of [{ scope: 'data:read tokens:read' }, { resources: null }, { resources: ['device:meter-2'] }])
    expect((await call(narrow.secret, 'PATCH', `/api/v1/tokens/${own.json.tokenId}`, { body })).json.code).toBe(
      'not_held',
    )
  for (const { id } of [wide, everywhere])
    expect(await call(narrow.secret, 'POST', `/api/v1/tokens/${id}/reveal`, { key: newRevealKey() })).toMatchObject({
      status: 403,
      json: { code: 'forbidden' },
    })
  const cli = await token(await person(alder, 'admin'), { organizationId: null, name: 'CLI', scopes: ['tokens:write'] })
  expect(
    (await call(cli.secret, 'POST', '/api/v1/tokens', { key: newRevealKey(), body: { name: 'D' } })).json.scope,
  ).toBe('')
})

test('no token makes, sees or changes personal ones, not even its owner’s', async () => {
  const { call, token, admin } = await alderApi()
  const cli = await token(admin, { organizationId: null, name: 'CLI', scopes: ['tokens:read', 'tokens:write'] })
  const at = `/api/v1/tokens/${cli.id}`
  const key = newRevealKey()
  for (const [method, path] of [
    ['GET', at],
    ['PATCH', at],
    ['DELETE', at],
    ['POST', `${at}/rotate`],
    ['POST', `${at}/reveal`],
  ] as const)
    expect((await call(cli.secret, method, path, { key })).status, `${method} ${path}`).toBe(404)
})

test('a secret that is kept under anytime is opened again for people alone', async () => {
  const sealKeys = [{ id: 'one', key: createSecretKey(randomBytes(32)) }]
  const { post, admin, alder, sql } = await alderApi(sealKeys)
  await sql`update organizations set reveal_policy = 'anytime'`
  const { id } = await createToken(admin, { organizationId: alder.id, name: 'Export' })
  const first = await post(`/${id}/reveal`, { key: newRevealKey() })
  expect(first.status).toBe(200)
  expect(await post(`/${id}/reveal`, { key: newRevealKey() })).toMatchObject({
    status: 403,
    json: { code: 'confirmation_required' },
  })
  const opened = await revealToken({ ...admin, sealKeys }, { tokenId: id, key: newRevealKey() })
  expect(opened.secret.reveal()).toBe(first.json.secret)
})

test('a token rotates itself, and the old secret works on for the overlap', async () => {
  const { call, writer, pass } = await alderApi()
  const rotate = `/api/v1/tokens/${writer.id}/rotate`
  const { json } = await call(writer.secret, 'POST', rotate, { key: newRevealKey(), body: { overlapSeconds: 3_600 } })
  expect(json).toMatchObject({
    tokenId: writer.id,
    secret: expect.any(String),
    retiring: { until: expect.any(String) },
  })
  const list = () => call(writer.secret, 'GET', '/api/v1/tokens')
  expect((await list()).status).toBe(200)
  pass(3_600_000)
  expect((await list()).status).toBe(401)
})

test('bad input is told by field, in the same words as forms have', async () => {
  const { post, sql, alder, call } = await alderApi()
  const tell = async (body: unknown, key = newRevealKey()) => (await post('', { body, key })).json
  expect(await post('', { text: '{"name":', key: newRevealKey() })).toMatchObject({
    status: 400,
    json: { code: 'not_json' },
  })
  expect(await post('', { text: '{}', headers: { 'content-type': 'text/plain' } })).toMatchObject({ status: 400 })
  expect(await tell([])).toMatchObject({ status: 422, code: 'invalid', fields: { body: expect.any(String) } })
  const wrong = await tell({ name: 5, nothing: 1, scope: ['data:read'], expiresAt: 'soon', resources: 'x' })
  expect(Object.keys(wrong.fields).toSorted()).toEqual(['expiresAt', 'name', 'nothing', 'resources', 'scope'])
  expect(wrong).toMatchObject({ status: 422, code: 'invalid' })
  expect(await tell({ name: 'writer' })).toMatchObject({
    status: 409,
    code: 'name_taken',
    fields: { name: expect.any(String) },
  })
  expect(await tell({ name: 'X', expiresAt: '2020-01-01T00:00:00Z' })).toMatchObject({
    status: 422,
    code: 'over_policy',
    fields: { expiresAt: expect.any(String) },
  })
  expect(await tell({ name: 'X', apiUserId: alder.id })).toMatchObject({ status: 404 })
  await sql`update organizations set token_limit_override = 2 where id = ${alder.id}`
  const limit = await tell({ name: 'X' })
  expect(limit).toMatchObject({ status: 409, code: 'token_limit' })
  expect(limit.detail).toMatch(/Alder has 2 of 2 active tokens.*Northwind/)
  await sql`update organizations set token_limit_override = null where id = ${alder.id}`
  const large = { text: 'x'.repeat(64 * 1024 + 1) }
  expect((await call(null, 'POST', '/api/v1/tokens', large)).status).toBe(413)
  expect((await call(null, 'POST', '/api/v1/tokens', { text: 'x'.repeat(64 * 1024) })).status).toBe(401)
})

test('in a suspended customer nothing is made, opened or rotated from above, and revoked all the same', async () => {
  const { call, token, person, northwind, alder, admin, sql, writer } = await alderApi()
  const above = await token(await person(northwind, 'admin'), {
    organizationId: northwind.id,
    name: 'Provisioning',
    scopes: ['data:read', 'reports:read', 'tokens:read', 'tokens:write'],
  })
  const { id } = await createToken(admin, { organizationId: alder.id, name: 'Export' })
  await sql`update organizations set suspended_at = now() where id = ${alder.id}`
  expect((await call(writer.secret, 'GET', '/api/v1/tokens')).status).toBe(401)
  const as = (method: string, path: string, body?: object) =>
    call(above.secret, method, `/api/v1/tokens${path}`, { body })
  expect((await as('POST', '', { organization: 'alder', name: 'X' })).json.code).toBe('organization_suspended')
  expect((await as('POST', `/${writer.id}/rotate`)).json.code).toBe('organization_suspended')
  expect((await as('GET', '?organization=alder')).json.data).toContainEqual(
    expect.objectContaining({ tokenId: id, stoppedBy: 'suspended' }),
  )
  expect((await as('POST', `/${id}/revoke`)).status).toBe(200)
})
