import { expect, test } from 'vitest'
import { alderApi } from '#lib/api/testing/alder'
import { newRevealKey } from '#lib/testing/world'

const WRITER = ['data:read', 'reports:read', 'tokens:read', 'tokens:write']
const AT = '/api/v1/organizations'

/** Northwind with a token that manages what stands below it. */
async function northwindApi() {
  const world = await alderApi()
  const { call, token, person, northwind } = world
  const above = await token(await person(northwind, 'admin'), {
    ...{ organizationId: northwind.id, name: 'Provisioning', scopes: WRITER },
  })
  const as = (method: string, path: string, body?: object, key?: string) =>
    call(above.secret, method, `${AT}${path}`, { ...(body && { body }), ...(key && { key }) })
  return { ...world, above, as }
}

test('a customer is opened, changed, suspended, resumed and closed over HTTP, and the trail names the token', async () => {
  const { as, above, trail } = await northwindApi()
  const key = newRevealKey()
  const made = await as('POST', '', { name: 'Elm', contact: 'elm@example.com' }, key)
  expect(made).toMatchObject({
    status: 201,
    json: {
      ...{ slug: 'elm', kind: 'customer', parent: 'northwind', tier: 'Lite', effectiveTier: 'Lite', tokensInUse: 1 },
      ...{ tokenLimit: 1, status: 'open', contact: 'elm@example.com' },
    },
  })
  expect((await as('POST', '', { name: 'Elm', contact: 'elm@example.com' }, key)).json).toEqual(made.json)
  const edited = await as('PATCH', '/elm', { name: 'Elm Ltd', contact: '', tier: 'advanced' })
  expect(edited.json).toMatchObject({ name: 'Elm Ltd', contact: null, tier: 'Advanced', tokenLimit: 5 })
  expect((await as('POST', '/elm/suspend')).json.status).toBe('suspended')
  expect((await as('POST', '/elm/resume')).json.status).toBe('open')
  expect(await as('POST', '/elm/close', { name: 'Oak' })).toMatchObject({
    status: 422,
    json: { fields: { name: expect.stringMatching(/Elm/) } },
  })
  expect((await as('POST', '/elm/close', { name: 'Elm Ltd' })).json).toMatchObject({ status: 'closed', tokensInUse: 0 })
  const events = await trail(made.json.organizationId)
  expect(events.map(({ action }) => action)).toEqual(
    ['created', 'edited', 'suspended', 'resumed', 'closed'].map((did) => `organization.${did}`),
  )
  for (const { actor_name: name, details } of events) {
    expect(name).toBe('Token Provisioning')
    expect(details).toMatchObject({ byToken: above.id })
  }
})

test('the list has every level below, page by page, and nothing of others', async () => {
  const { as, organization, northwind, platform } = await northwindApi()
  const deeper = await organization('Reseller', northwind, 'reseller')
  await organization('Deep', deeper, 'customer')
  await organization('Foreign', platform, 'customer')
  const slugs: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await as('GET', `?limit=1&sort=-name${cursor === '' ? '' : `&cursor=${cursor}`}`)
    slugs.push(...page.json.data.map(({ slug }: { slug: string }) => slug))
    cursor = page.json.nextCursor
  }
  expect(slugs).toEqual(['reseller', 'deep', 'alder'])
  expect((await as('GET', '?search=ald')).json.data).toMatchObject([{ slug: 'alder' }])
  expect(await as('GET', '?cursor=nonsense')).toMatchObject({
    status: 422,
    json: { fields: { cursor: expect.stringMatching(/cursor/) } },
  })
})

test('nobody opens above its own tier, under a name that is taken, or where it is suspended', async () => {
  const { as, sql, tier, northwind, alder } = await northwindApi()
  await sql`update organizations set tier_id = ${await tier('Lite')} where id = ${northwind.id}`
  for (const [method, path, body] of [
    ['POST', '', { name: 'Elm', tier: 'Advanced' }],
    ['PATCH', '/birch', { tier: 'Advanced' }],
  ] as const) {
    if (path === '/birch') await as('POST', '', { name: 'Birch' })
    expect(await as(method, path, body)).toMatchObject({
      status: 422,
      json: { code: 'not_held', fields: { tier: expect.stringMatching(/Lite/) } },
    })
  }
  expect(await as('POST', '', { name: 'Alder' })).toMatchObject({
    ...{ status: 409, json: { code: 'name_taken', fields: { slug: expect.stringMatching(/taken/) } } },
  })
  expect(await as('POST', '', { name: '木' })).toMatchObject({
    status: 422,
    json: { fields: { slug: expect.stringMatching(/slug/) } },
  })
  const wrong = await as('POST', '', { name: '', kind: 'platform', tier: 1, contact: 'x', more: 1 })
  expect(Object.keys(wrong.json.fields).toSorted()).toEqual(['contact', 'kind', 'more', 'name', 'tier'])
  expect(await as('POST', '', { organization: alder.id, name: 'Below' })).toMatchObject({
    json: { fields: { kind: expect.stringMatching(/customer/) } },
  })
})

test('a customer edits its name and contact over HTTP, and neither its tier nor its suspension', async () => {
  const { call, writer, sql, northwind, alder, person, token } = await alderApi()
  const as = (method: string, path: string, body?: object) =>
    call(writer.secret, method, `${AT}${path}`, body && { body })
  expect((await as('PATCH', '/alder', { name: 'Alder GmbH' })).json).toMatchObject({ name: 'Alder GmbH', parent: null })
  for (const [method, path, body] of [
    ['PATCH', '/alder', { tier: 'Lite' }],
    ['POST', '/alder/suspend', undefined],
    ['POST', '/alder/close', { name: 'Alder' }],
  ] as const)
    expect(await as(method, path, body)).toMatchObject({ status: 403, json: { code: 'forbidden' } })
  for (const path of ['/northwind', `/${northwind.id}`, '/nothing', `/${newRevealKey()}`])
    expect((await as('GET', path)).status).toBe(404)
  const { secret: reader } = await token(await person(alder, 'admin'), {
    ...{ organizationId: null, name: 'Reader', scopes: ['tokens:read'] },
  })
  expect(await call(reader, 'PATCH', `${AT}/alder`, { body: { name: 'X' } })).toMatchObject({
    ...{ status: 403, json: { code: 'insufficient_scope' } },
  })
  expect((await call(reader, 'GET', '/api/v1/members')).status).toBe(200)
  await sql`update organizations set closed_at = now() where id = ${alder.id}`
  expect((await call(reader, 'GET', `${AT}/alder`)).status).toBe(401)
})

test('whoever may not give tiers is not told which names there are', async () => {
  const { as, call, writer, alder } = await northwindApi()
  const answers = async (tier: string) => {
    const body = { name: 'Below', tier }
    return [
      await call(writer.secret, 'PATCH', `${AT}/alder`, { body: { tier } }),
      await call(writer.secret, 'POST', AT, { body }),
      await as('POST', '', { ...body, organization: alder.id }),
    ].map(({ status, json }) => ({ status, json }))
  }
  expect(await answers('Nothing')).toEqual(await answers('Lite'))
  for (const [method, path] of [
    ['POST', ''],
    ['PATCH', '/alder'],
  ] as const)
    expect(await as(method, path, { name: 'Elm', tier: 'Nothing' })).toMatchObject({
      ...{ status: 422, json: { fields: { tier: expect.stringMatching(/no tier/) } } },
    })
})
