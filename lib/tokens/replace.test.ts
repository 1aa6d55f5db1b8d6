import { expect, test } from 'vitest'
import { holdAtGate } from '#db/testing/gate'
import { loadOrganization } from '#lib/organizations/load'
import { testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { tokenFormOptions } from '#lib/tokens/form-options'
import { homeOf } from '#lib/tokens/home'
import { restoreToken } from '#lib/tokens/restore'
import { revokeToken } from '#lib/tokens/revoke'
import { MINUTE, refused } from '#lib/tokens/testing/desk'

/** Alder under a tier of so many tokens that replaces the oldest at the limit, with `Default` in it. */
async function world(limit = 1, options: { readonly connections?: number } = {}) {
  const world = await testWorld(options)
  const { alder, sql, pass } = world
  const [tier] =
    await sql`insert into tiers (name, rank, token_limit, at_limit) values ('Single', 2, ${limit}, 'replace')
    returning id`
  await sql`update organizations set tier_id = ${tier?.['id']} where id = ${alder.id}`
  pass(MINUTE)
  const admin = await world.person(alder, 'admin')
  const create = (name: string, replaces?: string, ctx = admin) => {
    pass(MINUTE)
    return createToken(ctx, { organizationId: alder.id, name, ...(replaces === undefined ? {} : { replaces }) })
  }
  const idOf = async (name: string) => {
    const [row] = await sql`select id from tokens where organization_id = ${alder.id} and name = ${name}
      and deleted_at is null`
    return String(row?.['id'])
  }
  const live = async () =>
    (await sql`select name from tokens where organization_id = ${alder.id} and deleted_at is null order by name`).map(
      (row) => row['name'],
    )
  const named = async () => {
    const organization = await loadOrganization(world.db, alder.id)
    if (organization === null) throw new Error('gone')
    return (await tokenFormOptions(admin, homeOf(organization))).replaces?.name ?? null
  }
  return { ...world, admin, create, idOf, live, named }
}

test('at the limit the named oldest token is deleted and the new one made in its place, under its name too', async () => {
  const { create, idOf, live, named, sql } = await world()
  const old = await idOf('Default')
  expect(await named()).toBe('Default')
  const made = await create('default', old)
  expect(await live()).toEqual(['default'])
  const [tombstone] = await sql`select deleted_at is not null as deleted, replaced_by from tokens where id = ${old}`
  expect(tombstone).toEqual({ deleted: true, replaced_by: made.id })
  const trail = await sql`select action, details from audit_events where target_id = ${old} order by id desc limit 1`
  expect(trail[0]).toEqual({ action: 'token.deleted', details: { replacedBy: 'default' } })
})

test('nothing is replaced that nobody agreed to, or that is not the oldest any more', async () => {
  const { create, idOf, live, admin } = await world(2)
  const first = await idOf('Default')
  await create('Second')
  await expect(create('Third')).rejects.toMatchObject({
    code: 'would_replace',
    message: expect.stringContaining('Default'),
  })
  await expect(create('Third', await idOf('Second'))).rejects.toEqual(refused('would_replace'))
  await expect(create('Third', '0000000000000000')).rejects.toEqual(refused('would_replace'))
  await create('Third', first)
  expect(await live()).toEqual(['Second', 'Third'])
  await expect(create('Fourth', first)).rejects.toMatchObject({ message: expect.stringContaining('Second') })
  await revokeToken(admin, { tokenId: await idOf('Second') })
  await create('Fourth', await idOf('Third'))
  expect(await live(), 'where there is room nothing goes').toEqual(['Fourth', 'Second', 'Third'])
})

test('the name of a token that stays is taken, though it was agreed to replace it', async () => {
  const { create, idOf, admin, live } = await world(2)
  const old = await idOf('Default')
  await expect(create('Default', old)).rejects.toEqual(refused('name_taken'))
  expect(await live()).toEqual(['Default'])
  await revokeToken(admin, { tokenId: old })
})

test('a service token is never replaced, nor anything where more are in use than the tier allows', async () => {
  const { create, idOf, alder, sql, named, clock } = await world()
  const old = await idOf('Default')
  const [user] = await sql`insert into service_accounts (organization_id, name, name_key, role, scopes)
    values (${alder.id}, 'Robot', 'robot', 'viewer', '{data:read}') returning id`
  await sql`insert into tokens (id, kind, organization_id, service_account_id, name, name_key, scopes, created_at, updated_at)
    values ('service000000000', 'service', ${alder.id}, ${user?.['id']}, 'S', 's', '{data:read}', ${clock()}, ${clock()})`
  await expect(create('New', old)).rejects.toEqual(refused('token_limit'))
  expect(await named()).toBeNull()
  await sql`update tokens set revoked_at = now() where id = ${old}`
  await expect(create('New', 'service000000000')).rejects.toEqual(refused('token_limit'))
  expect(await named()).toBeNull()
})

test('a tier that refuses goes on refusing, and a restore never replaces', async () => {
  const { create, idOf, admin, sql, live } = await world()
  const old = await idOf('Default')
  await revokeToken(admin, { tokenId: old })
  const made = await create('New')
  await expect(restoreToken(admin, { tokenId: old })).rejects.toEqual(refused('token_limit'))
  await sql`update tiers set at_limit = 'refuse'`
  await expect(create('Another', made.id)).rejects.toEqual(refused('token_limit'))
  expect(await live()).toEqual(['Default', 'New'])
})

test('of many who replace the same token at once one does, and the limit holds', async () => {
  const { create, idOf, live, url } = await world(1, { connections: 12 })
  const old = await idOf('Default')
  const outcomes = await holdAtGate(url, 'tokens', 10, () =>
    Array.from({ length: 10 }, (_, index) => create(`New ${index}`, old)),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'would_replace' })
  expect(await live()).toHaveLength(1)
})

test('from above a token is replaced by the same rule, by members and viewers not', async () => {
  const { create, idOf, person, alder, northwind } = await world()
  const old = await idOf('Default')
  for (const role of ['member', 'viewer'] as const)
    await expect(create('New', old, await person(alder, role))).rejects.toEqual(refused('forbidden'))
  await create('New', old, await person(northwind, 'admin'))
})

test('in a suspended organization nothing is replaced', async () => {
  const { create, idOf, alder, sql, live } = await world()
  await sql`update organizations set suspended_at = now() where id = ${alder.id}`
  await expect(create('New', await idOf('Default'))).rejects.toEqual(refused('organization_suspended'))
  expect(await live()).toEqual(['Default'])
})
