import { describe, expect, test } from 'vitest'
import { holdAtGate } from '#db/testing/gate'
import type { Context } from '#lib/context'
import { loadOrganization, type Organization } from '#lib/organizations/load'
import { previewCeilings, previewPolicies } from '#lib/policies/preview'
import { setPolicies } from '#lib/policies/set'
import { setCeilings } from '#lib/policies/set-ceilings'
import { policyTable } from '#lib/policies/table'
import { newRevealKey, testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { getToken } from '#lib/tokens/get'
import { revealToken } from '#lib/tokens/reveal'
import { DAY, refused } from '#lib/tokens/testing/desk'

async function world(options: { readonly connections?: number } = {}) {
  const world = await testWorld(options)
  const admin = await world.person(world.alder, 'admin')
  const above = await world.person(world.northwind, 'admin')
  const root = await world.person(world.platform, 'admin')
  const sealing = (ctx: Context, maySeal = true) => ({ ...ctx, maySeal })
  const set = (ctx: Context, change: object, { id } = world.alder, maySeal = true) =>
    setPolicies(sealing(ctx, maySeal), { organizationId: id, ...change })
  const ceilings = (change: object, ctx = root) =>
    setCeilings(sealing(ctx), { organizationId: world.platform.id, ...change })
  const held = async ({ id }: Organization = world.alder) => {
    const organization = await loadOrganization(world.db, id)
    if (organization === null) throw new Error('gone')
    return organization.policies
  }
  const seal = (tokenId: string) =>
    world.sql`update token_secrets set sealed = ${Buffer.alloc(40)}, seal_key_id = 'k' where token_id = ${tokenId}`
  const sealed = async () =>
    (await world.sql`select token_id from token_secrets where sealed is not null order by token_id`).map(
      (row) => row['token_id'],
    )
  const revealed = async (ctx: Context, organizationId: string | null, name: string) => {
    const { id } = await createToken(ctx, { organizationId, name })
    await revealToken(ctx, { tokenId: id, key: newRevealKey() })
    return id
  }
  return { ...world, admin, above, root, sealing, set, ceilings, held, seal, sealed, revealed }
}

describe('who may set policies', () => {
  test('admins may tighten, members and viewers may not, strangers are told of nothing', async () => {
    const { alder, northwind, organization, person, set, admin, held } = await world()
    for (const role of ['member', 'viewer'] as const)
      await expect(set(await person(alder, role), { longestLifetimeDays: 30 })).rejects.toEqual(refused('forbidden'))
    const birch = await organization('Birch', northwind, 'customer')
    for (const ctx of [await person(birch, 'admin'), await person(northwind, 'member')])
      await expect(set(ctx, { longestLifetimeDays: 30 })).rejects.toEqual(refused('not_found'))
    await set(admin, { longestLifetimeDays: 30, neverExpiringAllowed: false })
    expect(await held()).toMatchObject({ longestLifetimeDays: 30, neverExpiringAllowed: false })
  })

  test('an organization’s own admins never loosen, and learn who can', async () => {
    const { admin, root, set, northwind } = await world()
    await set(root, { revealPolicy: 'anytime', deletePolicy: 'any' }, northwind)
    await set(admin, { longestLifetimeDays: 30, neverExpiringAllowed: false })
    for (const [field, change] of Object.entries({
      revealPolicy: { revealPolicy: 'anytime' },
      deletePolicy: { deletePolicy: 'any' },
      longestLifetimeDays: { longestLifetimeDays: 31 },
      neverExpiringAllowed: { neverExpiringAllowed: true },
    }))
      await expect(set(admin, change), field).rejects.toMatchObject({
        code: 'forbidden',
        fields: { [field]: expect.stringContaining('Only an admin above') },
      })
    await expect(set(admin, { longestLifetimeDays: null })).rejects.toEqual(refused('forbidden'))
  })

  test('what is set looser than what holds cannot be brought nearer to it by the own admins either', async () => {
    const { admin, above, set, northwind } = await world()
    await set(above, { longestLifetimeDays: 30 }, northwind)
    await expect(set(admin, { longestLifetimeDays: 60 })).rejects.toMatchObject({
      code: 'over_policy',
      fields: { longestLifetimeDays: 'Northwind allows nothing looser than: 30 days.' },
    })
    await set(admin, { longestLifetimeDays: 20 })
  })

  test('an admin above loosens up to what holds at the parent, and the parent is named beyond', async () => {
    const { above, root, set, northwind, held } = await world()
    await expect(set(above, { deletePolicy: 'any' })).rejects.toMatchObject({
      code: 'over_policy',
      fields: { deletePolicy: 'Northwind allows nothing looser than: Revoked or expired.' },
    })
    await set(root, { deletePolicy: 'any', revealPolicy: 'anytime' }, northwind)
    await set(above, { deletePolicy: 'any', revealPolicy: 'anytime' })
    expect(await held()).toMatchObject({ deletePolicy: 'any', revealPolicy: 'anytime' })
  })

  test('a child of the platform is bound by the ceilings, not by the platform’s own policies', async () => {
    const { root, set, ceilings, northwind, platform, held } = await world()
    await set(root, { longestLifetimeDays: 10 }, platform)
    await set(root, { deletePolicy: 'any' }, northwind)
    expect(await held(northwind)).toMatchObject({ deletePolicy: 'any', longestLifetimeDays: null })
    await ceilings({ deletePolicy: 'revoked-only' })
    expect((await held(northwind)).deletePolicy).toBe('revoked-only')
    await expect(set(root, { longestLifetimeDays: 9, deletePolicy: 'any' }, platform)).rejects.toMatchObject({
      code: 'over_policy',
      fields: { deletePolicy: expect.stringContaining('The ceiling') },
    })
  })

  test('the platform’s own policies are its own: its admins loosen them too, up to the ceilings', async () => {
    const { root, set, platform, held } = await world()
    await set(root, { longestLifetimeDays: 10 }, platform)
    await set(root, { longestLifetimeDays: null, deletePolicy: 'any' }, platform)
    expect(await held(platform)).toMatchObject({ longestLifetimeDays: null, deletePolicy: 'any' })
  })

  test('ceilings are set by platform admins alone', async () => {
    const { above, person, platform, northwind, ceilings, sealing } = await world()
    await expect(ceilings({ deletePolicy: 'revoked-only' }, above)).rejects.toEqual(refused('not_found'))
    await expect(ceilings({ deletePolicy: 'revoked-only' }, await person(platform, 'member'))).rejects.toEqual(
      refused('forbidden'),
    )
    await expect(
      setCeilings(sealing(above), { organizationId: northwind.id, deletePolicy: 'revoked-only' }),
    ).rejects.toEqual(refused('forbidden'))
  })

  test('in a suspended organization policies are tightened and not loosened; a closed one has none to set', async () => {
    const { admin, above, root, set, northwind, alder, sql } = await world()
    await set(root, { deletePolicy: 'any' }, northwind)
    await sql`update organizations set suspended_at = now() where id = ${northwind.id}`
    await set(admin, { longestLifetimeDays: 30 })
    await expect(set(above, { deletePolicy: 'any' })).rejects.toEqual(refused('organization_suspended'))
    await sql`update organizations set closed_at = now() where id = ${alder.id}`
    await expect(set(admin, { longestLifetimeDays: 20 })).rejects.toEqual(refused('not_found'))
    await expect(set(above, { longestLifetimeDays: 20 })).rejects.toEqual(refused('forbidden'))
  })

  test('nothing is loosened to any time where there are no keys to seal with', async () => {
    const { root, set, northwind } = await world()
    await expect(set(root, { revealPolicy: 'anytime' }, northwind, false)).rejects.toMatchObject({
      code: 'over_policy',
      fields: { revealPolicy: expect.stringContaining('SEAL_KEYS') },
    })
    await set(root, { revealPolicy: 'anytime' }, northwind)
  })
})

test('every change is in the trail with what was and is, and none where nothing changes', async () => {
  const { admin, set, alder, sql } = await world()
  await set(admin, { longestLifetimeDays: 30 })
  await set(admin, { longestLifetimeDays: 30 })
  const trail = await sql`select action, details from audit_events where target_id = ${alder.id} order by id`
  expect(trail.slice(1)).toEqual([
    {
      action: 'organization.policies_set',
      details: { changes: [{ field: 'Longest lifetime', from: 'No limit', to: '30 days' }] },
    },
  ])
})

test('two who tighten at once end in what one order gives: the later is judged by what the first left', async () => {
  const { url, admin, person, alder, set, held } = await world({ connections: 5 })
  const other = await person(alder, 'admin')
  const outcomes = await holdAtGate(url, 'organizations', 2, () => [
    set(admin, { longestLifetimeDays: 60 }),
    set(other, { longestLifetimeDays: 30 }),
  ])
  expect((await held()).longestLifetimeDays).toBe(30)
  const [sixty, thirty] = outcomes
  expect(thirty?.status).toBe('fulfilled')
  if (sixty?.status === 'rejected') expect(sixty.reason).toMatchObject({ code: 'forbidden' })
})

describe('reveal that becomes once', () => {
  test('destroys the sealed copies here and below, and of the personal tokens of members there, in one event', async () => {
    const { root, above, admin, set, seal, sealed, revealed, northwind, alder, platform, sql } = await world()
    for (const [ctx, place] of [
      [root, northwind],
      [above, alder],
    ] as const)
      await set(ctx, { revealPolicy: 'anytime' }, place)
    await set(root, { revealPolicy: 'anytime' }, platform)
    const below = await revealed(admin, alder.id, 'Below')
    const own = await revealed(admin, null, 'Own')
    const elsewhere = await revealed(root, platform.id, 'Elsewhere')
    for (const id of [below, own, elsewhere]) await seal(id)

    const preview = await previewPolicies(root, { organizationId: northwind.id, revealPolicy: 'once' })
    expect(preview).toEqual({ over: 0, first: [], sealed: 2 })
    expect(await set(root, { revealPolicy: 'once' }, northwind)).toEqual({ destroyed: 2 })
    expect(await sealed()).toEqual([elsewhere])
    const [event] = await sql`select details from audit_events where target_id = ${northwind.id} order by id desc`
    expect(event?.['details']).toMatchObject({ destroyedSealed: 2 })

    expect(await set(root, { revealPolicy: 'once' }, platform)).toEqual({ destroyed: 1 })
  })

  test('by the ceilings, everywhere', async () => {
    const { root, admin, ceilings, seal, sealed, revealed, alder, platform } = await world()
    for (const id of [await revealed(admin, alder.id, 'A'), await revealed(root, platform.id, 'B')]) await seal(id)
    expect(await previewCeilings(root, { organizationId: platform.id, revealPolicy: 'once' })).toMatchObject({
      sealed: 2,
    })
    expect(await ceilings({ revealPolicy: 'once' })).toEqual({ destroyed: 2 })
    expect(await sealed()).toEqual([])
  })

  test('waits for a reveal that is under way, and destroys what it sealed', async () => {
    const { root, admin, set, seal, sealed, revealed, northwind, alder, sql } = await world({ connections: 5 })
    await set(root, { revealPolicy: 'anytime' }, northwind)
    const id = await revealed(admin, alder.id, 'A')
    let tightening: Promise<unknown> = Promise.resolve()
    await sql.begin(async (tx) => {
      // As a reveal does: the token is held, then the copy is written.
      await tx`select from tokens where id = ${id} for no key update`
      tightening = set(root, { revealPolicy: 'once' }, northwind)
      for (let waiting = 0; waiting === 0; ) {
        await new Promise((resolve) => setTimeout(resolve, 20))
        const [row] = await sql`select count(*)::int as waiting from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`
        waiting = Number(row?.['waiting'])
      }
      await tx`update token_secrets set sealed = ${Buffer.alloc(40)}, seal_key_id = 'k' where token_id = ${id}`
    })
    expect(await tightening).toEqual({ destroyed: 1 })
    expect(await sealed()).toEqual([])
    await seal(id)
  })
})

test('tightening counts and names the tokens that would break it, and they go on, marked', async () => {
  const { admin, set, alder, northwind, above, root, pass, platform, sealing } = await world()
  const make = (
    name: string,
    expiration: Parameters<typeof createToken>[1]['expiration'],
    ctx = admin,
    id = alder.id,
  ) => createToken(ctx, { organizationId: id, name, ...(expiration ? { expiration } : {}) })
  const never = await make('Never', { kind: 'never' })
  const long = await make('Long', { kind: 'preset', days: 90 })
  const short = await make('Short', { kind: 'preset', days: 30 })
  await make('Upstairs', { kind: 'never' }, above, northwind.id)
  await make('Of the platform', { kind: 'never' }, root, platform.id)
  pass(DAY)

  const preview = (change: object, ctx = admin, { id } = alder) =>
    previewPolicies(sealing(ctx), { organizationId: id, ...change })
  const names = async (...args: Parameters<typeof preview>) => (await preview(...args)).first.map(({ name }) => name)
  expect(await preview({ longestLifetimeDays: 60 })).toMatchObject({ over: 3, sealed: 0 })
  expect(await names({ longestLifetimeDays: 60 })).toEqual(['Default', 'Long', 'Never'])
  expect(await names({ neverExpiringAllowed: false })).toEqual(['Never'])
  expect(await names({ longestLifetimeDays: 90 })).toEqual(['Never'])
  expect(await names({ neverExpiringAllowed: false }, root, northwind)).toEqual(['Never', 'Upstairs'])
  expect((await preview({ neverExpiringAllowed: false }, root, northwind)).first[1]?.organization).toEqual({
    slug: 'northwind',
    name: 'Northwind',
  })
  expect(await names({ neverExpiringAllowed: false }, root, platform)).toEqual(['Of the platform'])
  expect(await names({ deletePolicy: 'any' }, above)).toEqual([])

  await set(admin, { longestLifetimeDays: 60 })
  const marked = async (id: string) => (await getToken(admin, alder.id, id)).overPolicy
  expect(await Promise.all([never, long, short].map(({ id }) => marked(id)))).toEqual([true, true, false])
  expect((await getToken(admin, alder.id, never.id)).status).toBe('active')
})

test('the table tells every level, and why a value can be no other', async () => {
  const { admin, above, root, set, sealing, alder, northwind } = await world()
  await set(root, { deletePolicy: 'any', longestLifetimeDays: 365 }, northwind)
  await set(above, { longestLifetimeDays: 90 })
  const own = await policyTable(sealing(admin), alder.id)
  expect(own.levels.map(({ name, policies }) => [name, policies.longestLifetimeDays])).toEqual([
    ['Test platform', null],
    ['Northwind', 365],
    ['Alder', 90],
  ])
  expect(own.fixed).toEqual({
    revealPolicy: 'Northwind allows nothing looser',
    deletePolicy: 'Only an admin of Northwind can loosen it',
    longestLifetimeDays: null,
    neverExpiringAllowed: 'Northwind allows nothing looser',
  })
  const fromAbove = await policyTable(sealing(above), alder.id)
  expect(fromAbove.loosest).toMatchObject({ deletePolicy: 'any', longestLifetimeDays: 365 })
  expect(fromAbove.fixed.deletePolicy).toBeNull()
  const unsealed = await policyTable(sealing(root, false), northwind.id)
  expect(unsealed.fixed.revealPolicy).toBe('Needs SEAL_KEYS to be looser')
})
