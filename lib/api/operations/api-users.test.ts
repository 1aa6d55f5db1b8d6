import { expect, test } from 'vitest'
import { alderApi } from '#lib/api/testing/alder'

const AT = '/api/v1/api-users'

async function apiUsersApi() {
  const world = await alderApi()
  const { call, writer } = world
  const as = (method: string, path = '', body?: object) => call(writer.secret, method, `${AT}${path}`, body && { body })
  return { ...world, as }
}

test('an API user is made, changed, disabled and enabled over HTTP, and the trail names the token', async () => {
  const { as, trail, writer, alder } = await apiUsersApi()
  const made = await as('POST', '', { name: 'Importer', role: 'member', scope: 'data:read tokens:read' })
  expect(made).toMatchObject({
    status: 201,
    json: {
      organizationId: alder.id,
      scope: 'data:read tokens:read',
      resources: null,
      disabledAt: null,
      activeTokens: 0,
    },
  })
  const at = `/${made.json.apiUserId}`
  expect((await as('PATCH', at, { name: 'Reader', role: 'viewer', resources: [] })).json).toMatchObject({
    ...{ name: 'Reader', role: 'viewer', scope: 'data:read tokens:read', resources: [] },
  })
  expect((await as('POST', `${at}/disable`)).json.disabledAt).toEqual(expect.any(String))
  expect((await as('POST', `${at}/enable`)).json.disabledAt).toBeNull()
  expect((await as('GET', at)).json).toEqual((await as('GET', '?search=read')).json.data[0])
  const events = await trail(made.json.apiUserId)
  expect(events.map(({ action }) => action)).toEqual(
    ['created', 'edited', 'disabled', 'enabled'].map((did) => `api_user.${did}`),
  )
  for (const { details } of events) expect(details).toMatchObject({ byToken: writer.id })
})

test('no token gives an API user what it does not hold itself', async () => {
  const { call, token, admin, alder, sql, as } = await apiUsersApi()
  await sql`update organizations set token_limit_override = 50 where id = ${alder.id}`
  for (const id of ['meter-1', 'meter-2'])
    await sql`insert into devices (organization_id, id, name, name_key, created_at) values (${alder.id}, ${id}, ${id}, ${id}, now())`
  const { secret } = await token(admin, {
    ...{ organizationId: alder.id, name: 'Narrow', scopes: ['data:read', 'tokens:write'], devices: ['meter-1'] },
  })
  const narrow = (method: string, path: string, body: object) => call(secret, method, `${AT}${path}`, { body })
  const importer = { name: 'Importer', role: 'admin', scope: 'data:read', resources: ['device:meter-1'] }
  const refused = (field: string) => ({
    status: 422,
    json: { code: 'not_held', fields: { [field]: expect.any(String) } },
  })
  expect(await narrow('POST', '', { ...importer, scope: 'reports:read' })).toMatchObject(refused('scope'))
  expect(await narrow('POST', '', { ...importer, resources: null })).toMatchObject(refused('resources'))
  expect(await narrow('POST', '', { ...importer, resources: ['device:meter-2'] })).toMatchObject(refused('resources'))
  const made = await narrow('POST', '', importer)
  expect(made.status).toBe(201)
  const at = `/${made.json.apiUserId}`
  expect(await narrow('PATCH', at, { scope: 'data:read tokens:verify' })).toMatchObject(refused('scope'))
  expect(await narrow('PATCH', at, { resources: null })).toMatchObject(refused('resources'))
  const { json: wide } = await as('POST', '', { name: 'Wide', role: 'admin', scope: '' })
  expect(await narrow('PATCH', `/${wide.apiUserId}`, { scope: 'data:read' })).toMatchObject(refused('resources'))
  expect((await narrow('PATCH', `/${wide.apiUserId}`, { name: 'Wider' })).status).toBe(200)
})

test('bad input about API users is told by field, and what another tenant has is not there', async () => {
  const { as, organization, northwind, person, token, call, sql, alder } = await apiUsersApi()
  const { json: made } = await as('POST', '', { name: 'Importer', role: 'viewer', scope: '' })
  expect(await as('POST', '', { name: 'IMPORTER', role: 'viewer', scope: '' })).toMatchObject({
    ...{ status: 409, json: { code: 'name_taken', fields: { name: expect.stringMatching(/Importer/) } } },
  })
  const wrong = await as('POST', '', { name: 1, role: 'root', scope: [], resources: ['meter-1'], more: 1 })
  expect(wrong.status).toBe(422)
  expect(Object.keys(wrong.json.fields).map((field) => field.split('.')[0])).toEqual(
    expect.arrayContaining(['name', 'role', 'scope', 'resources', 'more']),
  )
  const birch = await organization('Birch', northwind, 'customer')
  const other = await token(await person(birch, 'admin'), {
    ...{ organizationId: birch.id, name: 'Other', scopes: ['tokens:read', 'tokens:write'] },
  })
  for (const query of ['', '?organization=alder', `?organization=${alder.id}`])
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { name: 'Mine' }],
      ['POST', '/disable', undefined],
    ] as const)
      expect(
        (await call(other.secret, method, `${AT}/${made.apiUserId}${path}${query}`, body && { body })).status,
      ).toBe(404)
  const above = await token(await person(northwind, 'admin'), {
    ...{ organizationId: northwind.id, name: 'Above', scopes: ['tokens:read', 'tokens:write'] },
  })
  await sql`update organizations set suspended_at = now() where id = ${alder.id}`
  const fromAbove = (path: string, body?: object) => call(above.secret, 'POST', `${AT}${path}`, body && { body })
  expect((await fromAbove('', { organization: 'alder', name: 'X', role: 'viewer', scope: '' })).json.code).toBe(
    'organization_suspended',
  )
  expect((await fromAbove(`/${made.apiUserId}/disable?organization=alder`)).status).toBe(200)
})
