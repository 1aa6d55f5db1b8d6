import { expect, test } from 'vitest'
import { holdAtGate } from '#db/testing/gate'
import type { Context } from '#lib/context'
import { defineScope } from '#lib/scopes/define'
import { removeScope } from '#lib/scopes/remove'
import { testWorld } from '#lib/testing/world'
import { createTier } from '#lib/tiers/create'
import { deleteTier } from '#lib/tiers/delete'
import { editTier } from '#lib/tiers/edit'
import { listTiersInUse } from '#lib/tiers/list'
import { previewTier } from '#lib/tiers/preview'
import { createToken } from '#lib/tokens/create'
import { refused } from '#lib/tokens/testing/desk'

const EXTRA = { name: 'Extra', rank: 3, tokenLimit: 50, atLimit: 'replace', metrics: 'extended' } as const

async function world(options: { readonly connections?: number } = {}) {
  const world = await testWorld(options)
  const root = await world.person(world.platform, 'admin')
  const find = async (name: string) => {
    const tier = (await listTiersInUse(root)).find((each) => each.name === name)
    if (tier === undefined) throw new Error(`no tier ${name}`)
    const { id, name: _, organizations: __, scopes: ___, ...rest } = tier
    return { tierId: id, name, ...rest }
  }
  return { ...world, root, find }
}

test('a tier is made, edited and deleted by platform admins, with an event each', async () => {
  const { root, sql } = await world()
  const { id } = await createTier(root, EXTRA)
  await editTier(root, { tierId: id, ...EXTRA, rank: 4, tokenLimit: 60 })
  await editTier(root, { tierId: id, ...EXTRA, rank: 4, tokenLimit: 60 })
  expect((await listTiersInUse(root)).at(-1)).toEqual({
    id,
    ...EXTRA,
    rank: 4,
    tokenLimit: 60,
    organizations: 0,
    scopes: 0,
  })
  await deleteTier(root, { tierId: id })
  const trail = await sql`select action, details from audit_events where target_id = ${id} order by id`
  expect(trail.map(({ action }) => action)).toEqual(['tier.created', 'tier.edited', 'tier.deleted'])
  expect(trail[1]?.['details'].changes).toEqual([
    { field: 'Rank', from: '3', to: '4' },
    { field: 'Token limit', from: '50', to: '60' },
  ])
})

test('nobody but admins of the platform has anything to do with tiers', async () => {
  const { person, platform, northwind, alder, find } = await world()
  const lite = await find('Lite')
  const verbs: ((ctx: Context) => Promise<unknown>)[] = [
    (ctx) => createTier(ctx, EXTRA),
    (ctx) => editTier(ctx, lite),
    (ctx) => previewTier(ctx, lite),
    (ctx) => deleteTier(ctx, { tierId: lite.tierId }),
    listTiersInUse,
  ]
  const who = [
    [await person(platform, 'member'), 'forbidden'],
    [await person(platform, 'viewer'), 'forbidden'],
    [await person(northwind, 'admin'), 'not_found'],
    [await person(alder, 'admin'), 'not_found'],
  ] as const
  for (const [ctx, code] of who) for (const verb of verbs) await expect(verb(ctx)).rejects.toEqual(refused(code))
})

test('names differ in more than case; a tier that is in use stays', async () => {
  const { root, find, tier } = await world()
  await defineScope(root, { name: 'measurements:write', description: 'Write', tierId: await tier('Lite') })
  await expect(createTier(root, { ...EXTRA, name: 'LITE' })).rejects.toMatchObject({
    code: 'name_taken',
    fields: { name: expect.stringContaining('LITE') },
  })
  const uses = (await listTiersInUse(root)).map(({ name, organizations, scopes }) => [name, organizations, scopes])
  expect(uses).toEqual([
    ['Lite', 0, 1],
    ['Advanced', 2, 0],
  ])
  const lite = await find('Lite')
  await expect(deleteTier(root, { tierId: lite.tierId })).rejects.toEqual(refused('in_use'))
  await removeScope(root, { name: 'measurements:write' })
  await expect(editTier(root, { ...lite, name: 'advanced' })).rejects.toEqual(refused('name_taken'))
  await expect(deleteTier(root, { tierId: (await find('Advanced')).tierId })).rejects.toEqual(refused('in_use'))
  await deleteTier(root, { tierId: lite.tierId })
  await expect(deleteTier(root, { tierId: lite.tierId })).rejects.toEqual(refused('not_found'))
})

test('an edit tells beforehand who falls over the limit and whose effective tier changes, and revokes nothing', async () => {
  const { root, find, alder, northwind, organization, person, tier, sql } = await world()
  const admin = await person(alder, 'admin')
  for (const name of ['Two', 'Three']) await createToken(admin, { organizationId: alder.id, name })
  await organization('Birch', northwind, 'customer', await tier('Lite'))
  const gone = await organization('Gone', northwind, 'customer')
  await sql`update organizations set closed_at = now() where id = ${gone.id}`
  const [advanced, lite] = [await find('Advanced'), await find('Lite')]

  expect(await previewTier(root, { ...advanced, tokenLimit: 2 })).toEqual({
    over: 1,
    overFirst: [{ slug: 'alder', name: 'Alder', used: 3, limit: 2 }],
    changed: 0,
    scopes: [],
  })
  expect(await previewTier(root, { ...advanced, tokenLimit: 0 })).toMatchObject({ over: 2, changed: 0 })
  // Above Advanced, Lite's organizations are capped by their reseller.
  expect(await previewTier(root, { ...lite, rank: 9 })).toEqual({ over: 0, overFirst: [], changed: 1, scopes: [] })
  await sql`update organizations set token_limit_override = 3 where id = ${alder.id}`
  expect((await previewTier(root, { ...advanced, tokenLimit: 2 })).over).toBe(0)

  await editTier(root, { ...advanced, tokenLimit: 0 })
  const [count] =
    await sql`select count(*)::int as n from tokens where organization_id = ${alder.id} and revoked_at is null`
  expect(count?.['n']).toBe(3)
})

test('an edit tells beforehand which scopes stop for which tokens, wherever its rank is what decides', async () => {
  const { root, find, alder, northwind, organization, sql } = await world()
  const [lite, advanced] = [await find('Lite'), await find('Advanced')]
  const birch = await organization('Birch', northwind, 'customer', lite.tierId)
  const top = await createTier(root, { ...EXTRA, name: 'Top', rank: 5 })
  await sql`insert into scopes (name, description, tier_id, created_at) values
    ('from:lite', '', ${lite.tierId}, now()), ('from:advanced', '', ${advanced.tierId}, now()),
    ('from:top', '', ${top.id}, now()), ('from:all', '', null, now())`
  await sql`update tokens set scopes = '{data:read,from:lite,from:advanced,from:top,from:all}'`
  const scopes = async (input: typeof lite) => (await previewTier(root, input)).scopes
  const at = (...names: string[]) => names.map((organization) => ({ name: 'Default', organization }))

  // Whoever has it falls below the scopes of others; whoever has not, below its own.
  expect(await scopes({ ...advanced, rank: 1 })).toEqual([])
  const below = await createTier(root, { ...EXTRA, name: 'Below', rank: 2 })
  await sql`update scopes set tier_id = ${below.id} where name = 'from:advanced'`
  expect(await scopes({ ...advanced, rank: 1 })).toEqual([
    { name: 'from:advanced', tokens: 2, first: at('Alder', 'Northwind') },
  ])
  expect(await scopes({ ...lite, rank: 3 })).toEqual([
    { name: 'from:lite', tokens: 3, first: at('Alder', 'Birch', 'Northwind') },
  ])
  expect(await scopes({ ...advanced, tokenLimit: 0 })).toEqual([])
  await sql`update tokens set revoked_at = now() where organization_id = ${birch.id}`
  await sql`update organizations set closed_at = now() where id = ${alder.id}`
  expect(await scopes({ ...lite, rank: 3 })).toEqual([{ name: 'from:lite', tokens: 1, first: at('Northwind') }])
})

test('of many tiers of one name made at once there is one', async () => {
  const { root, url } = await world({ connections: 6 })
  const outcomes = await holdAtGate(url, 'tiers', 4, () => Array.from({ length: 4 }, () => createTier(root, EXTRA)))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})
