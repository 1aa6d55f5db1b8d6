import { expect, test } from 'vitest'
import type { Context } from '#lib/context'
import { registerDevice } from '#lib/devices/register'
import { loadListSearch } from '#lib/lists/search'
import { createApiUser } from '#lib/service-accounts/create'
import { disableApiUser, enableApiUser } from '#lib/service-accounts/disable'
import { editApiUser } from '#lib/service-accounts/edit'
import { listApiUsers } from '#lib/service-accounts/list'
import { newRevealKey } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { editToken } from '#lib/tokens/edit'
import { getToken } from '#lib/tokens/get'
import { revealToken } from '#lib/tokens/reveal'
import { revokeToken } from '#lib/tokens/revoke'
import type { SecretString } from '#lib/tokens/secret'
import { desk, refused } from '#lib/tokens/testing/desk'
import { letGoAtOnce } from '#lib/tokens/testing/gate'
import { openGateway } from '#lib/tokens/testing/gateway'

type NewApiUser = Omit<Parameters<typeof createApiUser>[1], 'organizationId'>
type NewToken = Omit<Parameters<typeof createToken>[1], 'organizationId' | 'serviceAccountId'>

async function gateways() {
  const world = await desk()
  const { alder, admin } = world
  const organizationId = alder.id
  const make = (input: Partial<NewApiUser> = {}, ctx: Context = admin) =>
    createApiUser(ctx, {
      organizationId,
      name: 'Loader',
      role: 'viewer',
      scopes: ['data:read'],
      devices: null,
      ...input,
    })
  const edit = (id: string, change: Partial<NewApiUser>, ctx: Context = admin) =>
    editApiUser(ctx, { organizationId, apiUserId: id, ...change })
  const token = (serviceAccountId: string, input: Partial<NewToken> = {}, ctx: Context = admin) =>
    createToken(ctx, { organizationId, serviceAccountId, name: 'Nightly', scopes: ['data:read'], ...input })
  const set = (id: string, to: 'disable' | 'enable', ctx: Context = admin) =>
    (to === 'disable' ? disableApiUser : enableApiUser)(ctx, { organizationId, apiUserId: id })
  const see = (query = '', ctx: Context = admin) => listApiUsers(ctx, alder, loadListSearch(`?${query}`))
  const reveal = async (tokenId: string, ctx: Context = admin) =>
    (await revealToken(ctx, { tokenId, key: newRevealKey() })).secret
  return { ...world, organizationId, makeApiUser: make, edit, token, set, see, reveal }
}

test('an API user is made with role, scopes and devices, and its token with what it has', async () => {
  const { admin, organizationId, alder, makeApiUser, token, trail } = await gateways()
  await registerDevice(admin, { organizationId, deviceId: 'a', name: 'A' })
  const { id } = await makeApiUser({ role: 'member', scopes: ['reports:read', 'data:read'], devices: ['a'] })
  expect(await trail(id)).toEqual(['api_user.created'])
  const made = await token(id, { devices: ['a'] })
  expect(made).toMatchObject({ kind: 'service', head: 'tok_svc_', devices: ['a'], stoppedBy: null })
  expect((await getToken(admin, alder.id, made.id)).apiUser).toMatchObject({ id, name: 'Loader', devices: ['a'] })
})

test('its name is its own in the organization, however it is written, disabled ones included', async () => {
  const { northwind, person, makeApiUser, set, edit } = await gateways()
  const { id } = await makeApiUser({ name: 'Loader' })
  await set(id, 'disable')
  await expect(makeApiUser({ name: 'ＬＯＡＤＥＲ' })).rejects.toMatchObject({
    code: 'name_taken',
    fields: { name: 'An API user named "Loader" exists. Choose another name.' },
  })
  const { id: other } = await makeApiUser({ name: 'Other' })
  await expect(edit(other, { name: 'loader' })).rejects.toEqual(refused('name_taken'))
  await edit(id, { name: 'LOADER' })
  const above = await person(northwind, 'admin')
  await createApiUser(above, {
    organizationId: northwind.id,
    name: 'Loader',
    role: 'viewer',
    scopes: [],
    devices: null,
  })
})

test('nothing is granted that the role or the actor does not hold', async () => {
  const { makeApiUser, edit, sql } = await gateways()
  for (const [role, scope] of [
    ['viewer', 'tokens:write'],
    ['member', 'tokens:verify'],
    ['admin', 'measurements:write'],
  ] as const)
    await expect(makeApiUser({ role, scopes: [scope] })).rejects.toMatchObject({
      code: 'not_held',
      fields: { scopes: expect.stringContaining(scope) },
    })
  const { id } = await makeApiUser({ role: 'admin', scopes: ['tokens:verify', 'tokens:write'] })
  await expect(edit(id, { role: 'member' })).rejects.toEqual(refused('not_held'))
  await edit(id, { role: 'member', scopes: ['data:read'] })
  await expect(edit(id, { scopes: ['tokens:write'] })).rejects.toEqual(refused('not_held'))
  const [row] = await sql`select role, scopes from service_accounts where id = ${id}`
  expect(row).toMatchObject({ role: 'member', scopes: ['data:read'] })
})

test('a token stays within its API user: scopes, devices, name, organization', async () => {
  const { admin, organizationId, northwind, person, makeApiUser, token } = await gateways()
  for (const deviceId of ['a', 'b']) await registerDevice(admin, { organizationId, deviceId, name: deviceId })
  const { id } = await makeApiUser({ devices: ['a'] })
  await expect(token(id, { scopes: ['reports:read'] })).rejects.toMatchObject({
    fields: { scopes: expect.any(String) },
  })
  await expect(token(id, { devices: ['a', 'b'] })).rejects.toMatchObject({
    code: 'not_held',
    fields: { devices: "Its API user doesn't have b." },
  })
  const made = await token(id, { devices: ['a'] })
  await expect(editToken(admin, { tokenId: made.id, devices: ['b'] })).rejects.toEqual(refused('not_held'))
  await expect(editToken(admin, { tokenId: made.id, scopes: ['reports:read'] })).rejects.toEqual(refused('not_held'))
  await expect(token(id)).rejects.toEqual(refused('name_taken'))
  await createToken(admin, { organizationId, name: 'Nightly' })
  const above = await person(northwind, 'admin')
  const theirs = { organizationId: northwind.id, serviceAccountId: id, name: 'Stray', scopes: [] }
  await expect(createToken(above, theirs)).rejects.toEqual(refused('not_found'))
  await expect(createToken(admin, { ...theirs, organizationId: null })).rejects.toEqual(refused('not_found'))
})

test("service tokens count against the organization's limit", async () => {
  const { makeApiUser, token } = await gateways()
  const { id } = await makeApiUser()
  for (let n = 0; n < 4; n++) await token(id, { name: `Token ${n}` })
  await expect(token(id, { name: 'One more' })).rejects.toEqual(refused('token_limit'))
})

test('disabling stops its tokens at once and enabling lets them work again, with the same secret', async () => {
  const world = await gateways()
  const { admin, alder, makeApiUser, token, set, reveal, trail } = world
  const verify = await openGateway(world)
  const { id } = await makeApiUser()
  const made = await token(id)
  const secret = await reveal(made.id)
  expect(await verify(secret)).toBe('active')
  await set(id, 'disable')
  await set(id, 'disable')
  expect(await verify(secret)).toBe('api_user_disabled')
  expect(await getToken(admin, alder.id, made.id)).toMatchObject({ status: 'active', stoppedBy: 'disabled' })
  await expect(token(id, { name: 'Second' })).rejects.toEqual(refused('api_user_disabled'))
  await revokeToken(admin, { tokenId: made.id })
  expect(await verify(secret)).toBe('revoked')
  await set(id, 'enable')
  expect((await getToken(admin, alder.id, made.id)).stoppedBy).toBeNull()
  expect(await trail(id)).toEqual(['api_user.created', 'api_user.disabled', 'api_user.enabled'])
})

test.each(['token_secrets', 'tokens', 'audit_events', null] as const)(
  'disabling an API user while its tokens are revealed and made leaves only what one order could (gate: %s)',
  async (gate) => {
    const world = await gateways()
    const { makeApiUser, token, set, reveal } = world
    const verify = await openGateway(world)
    const { id } = await makeApiUser()
    const made = await token(id)
    const code = ({ code }: { code: string }) => code
    const [secret, created] = await letGoAtOnce<string | SecretString>(world, gate, () => [
      reveal(made.id),
      token(id, { name: 'Meanwhile' }).then(() => 'made', code),
      set(id, 'disable').then(() => 'disabled'),
    ])
    if (typeof secret !== 'object') throw new Error('the reveal came to nothing')
    expect(['made', 'api_user_disabled']).toContain(created)
    expect(await verify(secret)).toBe('api_user_disabled')
    await set(id, 'enable')
    expect(await verify(secret)).toBe('active')
  },
)

test('while an organization is suspended API users get less and are disabled, and get no more', async () => {
  const { admin, organizationId, northwind, sql, makeApiUser, edit, set, token } = await gateways()
  await registerDevice(admin, { organizationId, deviceId: 'a', name: 'A' })
  const { id } = await makeApiUser({ role: 'member', scopes: ['data:read'], devices: ['a'] })
  await sql`update organizations set suspended_at = now() where id = ${northwind.id}`
  const suspended = refused('organization_suspended')
  await expect(makeApiUser({ name: 'New' })).rejects.toEqual(suspended)
  await expect(token(id)).rejects.toEqual(suspended)
  for (const more of [{ role: 'admin' }, { scopes: ['data:read', 'reports:read'] }, { devices: null }] as const)
    await expect(edit(id, { ...more, scopes: [...('scopes' in more ? more.scopes : ['data:read'])] })).rejects.toEqual(
      suspended,
    )
  await edit(id, { name: 'Renamed', role: 'viewer', scopes: [], devices: [] })
  await set(id, 'disable')
  await expect(set(id, 'enable')).rejects.toEqual(suspended)
})

test('only admins of the organization and above have to do with its API users', async () => {
  const { alder, northwind, organization, person, makeApiUser, edit, set, see, sql } = await gateways()
  const { id } = await makeApiUser()
  const acts = (ctx: Context) => [
    () => makeApiUser({ name: 'New' }, ctx),
    () => edit(id, { name: 'Renamed' }, ctx),
    () => set(id, 'disable', ctx),
    () => set(id, 'enable', ctx),
  ]
  for (const role of ['member', 'viewer'] as const) {
    const ctx = await person(alder, role)
    for (const act of acts(ctx)) await expect<Promise<unknown>>(act()).rejects.toEqual(refused('forbidden'))
    await expect(see('', ctx)).rejects.toEqual(refused('not_found'))
  }
  const stranger = await person(await organization('Birch', northwind, 'customer'), 'admin')
  for (const act of [...acts(stranger), () => see('', stranger)])
    await expect<Promise<unknown>>(act()).rejects.toEqual(refused('not_found'))
  const above = await person(northwind, 'admin')
  for (const act of acts(above)) await act()
  expect((await see('', above)).total).toBe(2)
  await sql`update organizations set closed_at = now() where id = ${alder.id}`
  for (const act of acts(above)) await expect<Promise<unknown>>(act()).rejects.toEqual(refused('forbidden'))
  await expect(listApiUsers(above, { ...alder, closed: true }, loadListSearch('?'))).rejects.toEqual(
    refused('not_found'),
  )
})

test('the list tells the active tokens of each API user and when one was last used', async () => {
  const { admin, clock, makeApiUser, token, set, see, sql } = await gateways()
  const { id } = await makeApiUser()
  await makeApiUser({ name: 'Another' })
  const [first] = [await token(id, { name: 'First' }), await token(id, { name: 'Second' })]
  const ended = await token(id, { name: 'Ended' })
  await revokeToken(admin, { tokenId: ended.id })
  await sql`update tokens set last_used_at = ${clock()}, last_used_ip = '192.0.2.8', last_used_user_agent = 'curl/8'
    where id = ${first.id}`
  await set(id, 'disable')
  const { rows, counts } = await see()
  expect(rows.map(({ name }) => name)).toEqual(['Another', 'Loader'])
  expect(rows[1]).toMatchObject({ activeTokens: 2, lastUsedAt: clock() })
  expect(rows[1]?.tokens).toEqual([
    { name: 'First', lastUsedAt: clock(), lastUsedIp: '192.0.2.8', lastUsedUserAgent: 'curl/8' },
    { name: 'Second', lastUsedAt: null, lastUsedIp: null, lastUsedUserAgent: null },
  ])
  expect(rows[1]?.disabledAt).toEqual(clock())
  expect(rows[0]).toMatchObject({ activeTokens: 0, tokens: [], lastUsedAt: null, disabledAt: null })
  expect(counts).toEqual({ all: 2, disabled: 1, activeTokens: 2 })
  expect((await see('q=ANOTHER')).total).toBe(1)
})
