import { expect, test } from 'vitest'
import type { Context } from '#lib/context'
import { defineScope } from '#lib/scopes/define'
import { editScope } from '#lib/scopes/edit'
import { listScopes } from '#lib/scopes/list'
import { previewScope, previewScopeRemoval } from '#lib/scopes/preview'
import { removeScope } from '#lib/scopes/remove'
import { ScopeName } from '#lib/scopes/schema'
import { testWorld } from '#lib/testing/world'
import { refused } from '#lib/tokens/testing/desk'

const MEASURE = { name: 'measurements:write', description: 'Write measurements', tierId: null }

async function world() {
  const world = await testWorld()
  const root = await world.person(world.platform, 'admin')
  return { ...world, root, advanced: await world.tier('Advanced') }
}

test('a scope is defined, edited and removed by platform admins, with an event each', async () => {
  const { root, advanced, sql } = await world()
  await defineScope(root, MEASURE)
  await editScope(root, { ...MEASURE, tierId: advanced })
  expect(await listScopes(root)).toEqual([{ ...MEASURE, tierId: advanced, rank: 2 }])
  await expect(defineScope(root, MEASURE)).rejects.toEqual(refused('name_taken'))
  await removeScope(root, MEASURE)
  expect(await listScopes(root)).toEqual([])
  const trail = await sql`select action, details from audit_events where target_type = 'scope' order by id`
  expect(trail.map(({ action }) => action)).toEqual(['scope.defined', 'scope.edited', 'scope.removed'])
  expect(trail[1]?.['details'].changes).toEqual([{ field: 'Lowest tier', from: 'every tier', to: 'Advanced' }])
})

test('nobody but admins of the platform has anything to do with scopes', async () => {
  const { person, platform, northwind, root } = await world()
  await defineScope(root, MEASURE)
  const verbs: ((ctx: Context) => Promise<unknown>)[] = [
    (ctx) => defineScope(ctx, { ...MEASURE, name: 'other:read' }),
    (ctx) => editScope(ctx, MEASURE),
    (ctx) => previewScope(ctx, MEASURE),
    (ctx) => previewScopeRemoval(ctx, MEASURE),
    (ctx) => removeScope(ctx, MEASURE),
    listScopes,
  ]
  for (const [ctx, code] of [
    [await person(platform, 'member'), 'forbidden'],
    [await person(northwind, 'admin'), 'not_found'],
  ] as const)
    for (const verb of verbs) await expect(verb(ctx)).rejects.toEqual(refused(code))
})

test('a scope that is removed is lost by every token that carried it, and does not come back with its name', async () => {
  const { root, alder, sql, clock, person } = await world()
  await defineScope(root, MEASURE)
  const token = (id: string, deleted: Date | null) => sql`
    insert into tokens (id, kind, organization_id, name, name_key, scopes, created_at, updated_at, deleted_at)
    values (${id}, 'organization', ${alder.id}, ${id}, ${id.toLowerCase()}, '{data:read,measurements:write}', ${clock()}, ${clock()}, ${deleted})`
  await token('carries000000000', null)
  await token('deleted000000000', clock())
  await sql`insert into service_accounts (organization_id, name, name_key, role, scopes)
    values (${alder.id}, 'Robot', 'robot', 'viewer', '{measurements:write}')`
  const owner = await person(alder, 'member')
  await sql`update tokens set scopes = '{measurements:write}' where user_id = ${owner.actor.userId}`
  expect(await previewScopeRemoval(root, MEASURE)).toEqual({
    tokens: 2,
    first: [{ name: 'carries000000000', organization: 'Alder' }],
  })
  expect(await removeScope(root, MEASURE)).toEqual({ tokens: 2 })
  await defineScope(root, MEASURE)
  const [row] = await sql`select scopes from tokens where id = 'carries000000000'`
  expect(row?.['scopes']).toEqual(['data:read'])
  const [user] = await sql`select scopes from service_accounts where name = 'Robot'`
  expect(user?.['scopes']).toEqual([])
  await expect(removeScope(root, { name: 'never:was' })).rejects.toEqual(refused('not_found'))
})

test('another lowest tier tells beforehand which tokens lose the scope', async () => {
  const { root, advanced, northwind, organization, tier, sql } = await world()
  await defineScope(root, MEASURE)
  const birch = await organization('Birch', northwind, 'customer', await tier('Lite'))
  await sql`update tokens set scopes = '{measurements:write}'`
  const first = [{ name: 'Default', organization: 'Birch' }]
  expect(await previewScope(root, { ...MEASURE, tierId: advanced })).toEqual({ tokens: 1, first })
  expect(await previewScope(root, { ...MEASURE, description: 'Other' })).toEqual({ tokens: 0, first: [] })
  // Who is capped from above loses it with those above.
  await sql`update organizations set tier_id = ${advanced} where id = ${birch.id}`
  expect(await previewScope(root, { ...MEASURE, tierId: advanced })).toEqual({ tokens: 0, first: [] })
  await sql`update organizations set tier_id = ${await tier('Lite')} where id = ${northwind.id}`
  expect(await previewScope(root, { ...MEASURE, tierId: advanced })).toMatchObject({ tokens: 3 })
  await editScope(root, { ...MEASURE, tierId: advanced })
  expect(await previewScope(root, MEASURE)).toEqual({ tokens: 0, first: [] })
  await expect(previewScope(root, { ...MEASURE, tierId: crypto.randomUUID() })).rejects.toMatchObject({
    code: 'invalid',
  })
})

test('names are those that PostgreSQL accepts, and no tier is made up', async () => {
  for (const name of ['measurements:write', 'a:b', 'a-1:b:c'])
    expect(ScopeName.safeParse(name).success, name).toBe(true)
  for (const name of [
    'measurements',
    'A:b',
    '1a:b',
    'a::b',
    'a: b',
    'data:read',
    'tokens:verify',
    `a:${'b'.repeat(70)}`,
  ])
    expect(ScopeName.safeParse(name).success, name).toBe(false)
  const { root } = await world()
  await expect(defineScope(root, { ...MEASURE, tierId: crypto.randomUUID() })).rejects.toMatchObject({
    code: 'invalid',
    fields: { tierId: expect.any(String) },
  })
})
