import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findPlaceById, findTokenFacts } from '#db/queries/verification'
import type { Context } from '#lib/context'
import { DomainError } from '#lib/errors'
import { changeMember } from '#lib/members/change'
import { editCustomer } from '#lib/organizations/edit-customer'
import { defineScope } from '#lib/scopes/define'
import { editScope } from '#lib/scopes/edit'
import { createApiUser } from '#lib/service-accounts/create'
import { editApiUser } from '#lib/service-accounts/edit'
import { testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { editToken } from '#lib/tokens/edit'
import { decide, NO_RESOURCE } from '#lib/verification/decide'
import { placeFrom, tokenFrom } from '#lib/verification/facts'

const PLACES = ['platform', 'northwind', 'westbay', 'juniper'] as const
const PEOPLE = [...PLACES, 'member', 'viewer'] as const
const TIERS = ['Lite', 'Advanced', 'Top'] as const
const RANKS = { Lite: 1, Advanced: 2, Top: 3 }
const OWN = ['own:lite', 'own:advanced', 'own:top'] as const
const SCOPES = ['data:read', 'tokens:write', 'tokens:verify', ...OWN] as const
const DEVICES = ['a', 'b', 'c']

// Mostly those who may do much: what is refused shows nothing.
const who = fc.constantFrom('platform' as const, 'platform' as const, 'northwind' as const, ...PEOPLE)
const place = fc.constantFrom(...PLACES)
const tier = fc.constantFrom(...TIERS)
const role = fc.constantFrom('admin' as const, 'admin' as const, 'member' as const, 'viewer' as const)
const scopes = fc.subarray([...SCOPES], { minLength: 3 })
const devices = fc.option(fc.subarray(DEVICES))
const nth = fc.nat(5)

const act = fc.oneof(
  fc.record({ do: fc.constant('tier' as const), who, place, tier }),
  fc.record({ do: fc.constant('scope' as const), who, scope: fc.constantFrom(...OWN), tier: fc.option(tier) }),
  fc.record({ do: fc.constant('apiUser' as const), who, place, role, scopes, devices }),
  fc.record({ do: fc.constant('editApiUser' as const), who, nth, role, scopes, devices }),
  fc.record({
    do: fc.constant('token' as const),
    who,
    place,
    scopes,
    devices,
    of: fc.option(nth),
    own: fc.integer({ max: 3, min: 0 }).map((drawn) => drawn === 0),
  }),
  fc.record({ do: fc.constant('editToken' as const), who, nth, scopes, devices }),
  fc.record({ do: fc.constant('member' as const), who, role, devices }),
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

/** A tree three levels deep with an admin at each, two more people at its end, and what the platform defines. */
async function openTree() {
  const world = await testWorld()
  const { sql, platform, northwind, organization, person } = world
  await sql`insert into tiers (name, rank, token_limit) values ('Top', 3, 100)`
  await sql`update tiers set token_limit = 100`
  const top = await world.tier('Top')
  await sql`update organizations set tier_id = ${top} where kind <> 'platform'`
  const westbay = await organization('Westbay', northwind, 'reseller', top)
  const juniper = await organization('Juniper', westbay, 'customer', top)
  const places = { platform, northwind, westbay, juniper }
  const people = {
    platform: await person(platform, 'admin'),
    northwind: await person(northwind, 'admin'),
    westbay: await person(westbay, 'admin'),
    juniper: await person(juniper, 'admin'),
    member: await person(juniper, 'member'),
    viewer: await person(juniper, 'viewer'),
  }
  const tiers = Object.fromEntries(
    await Promise.all(TIERS.map(async (name) => [name, await world.tier(name)] as const)),
  )
  for (const [at, name] of OWN.entries())
    await defineScope(people.platform, { name, description: name, tierId: tiers[TIERS[at] ?? ''] ?? null })
  for (const { id } of Object.values(places))
    for (const device of DEVICES)
      await sql`insert into devices (organization_id, id, name, name_key, created_at)
        values (${id}, ${device}, ${device}, ${device}, now())`
  return { ...world, places, people, tiers }
}
type Tree = Awaited<ReturnType<typeof openTree>>

/** Whoever acts, as their next request would find them. */
async function latest({ sql }: Tree, ctx: Context): Promise<Context> {
  const memberships = await sql<{ organizationId: string; role: 'admin' | 'member' | 'viewer' }[]>`
    select organization_id as "organizationId", role from memberships where user_id = ${ctx.actor.userId}`
  return { ...ctx, actor: { ...ctx.actor, memberships: [...memberships] } }
}

let names = 0

async function run(tree: Tree, { who: name, ...one }: Act): Promise<boolean> {
  const { sql, places, people, tiers } = tree
  const ctx = await latest(tree, people[name])
  const at = async (table: string, index: number) => {
    const rows =
      await sql`select * from ${sql(table)} where ${table === 'tokens' ? sql`name <> 'Default'` : sql`true`} order by created_at, id`
    return rows[index % Math.max(rows.length, 1)]
  }
  const verb = async () => {
    switch (one.do) {
      case 'tier':
        return editCustomer(ctx, { organizationId: places[one.place].id, tierId: tiers[one.tier] })
      case 'scope':
        return editScope(ctx, {
          name: one.scope,
          description: one.scope,
          tierId: one.tier === null ? null : (tiers[one.tier] ?? null),
        })
      case 'apiUser': {
        const { role: given, scopes: granted, devices: narrowed } = one
        const organizationId = places[one.place].id
        return createApiUser(ctx, {
          organizationId,
          name: `A${names++}`,
          role: given,
          scopes: granted,
          devices: narrowed,
        })
      }
      case 'editApiUser': {
        const row = await at('service_accounts', one.nth)
        if (row === undefined) return null
        const ids = { organizationId: String(row['organization_id']), apiUserId: String(row['id']) }
        return editApiUser(ctx, { ...ids, role: one.role, scopes: one.scopes, devices: one.devices })
      }
      case 'token': {
        const owner = one.of === null ? undefined : await at('service_accounts', one.of)
        const organizationId = one.own ? null : String(owner?.['organization_id'] ?? places[one.place].id)
        if (one.own) return createToken(ctx, { organizationId, name: `T${names++}`, scopes: one.scopes })
        // Of an API user as much as it has: what it loses later is what is looked for.
        const held = owner && {
          serviceAccountId: String(owner['id']),
          scopes: owner['scopes'],
          devices: owner['devices'],
        }
        const { scopes: granted, devices: narrowed } = one
        return createToken(ctx, { organizationId, name: `T${names++}`, scopes: granted, devices: narrowed, ...held })
      }
      case 'editToken': {
        const row = await at('tokens', one.nth)
        const change = { scopes: one.scopes, ...(row?.['organization_id'] && { devices: one.devices }) }
        return row === undefined ? null : editToken(ctx, { tokenId: String(row['id']), ...change })
      }
      case 'member': {
        const ids = { organizationId: places.juniper.id, userId: people.member.actor.userId }
        return changeMember(ctx, { ...ids, role: one.role, devices: one.devices })
      }
    }
  }
  try {
    await verb()
    return true
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
}

/** What holds of tiers and scopes by the rows alone, in words of its own. */
async function rulesOf({ sql }: Tree) {
  const rows = await sql<{ id: string; kind: string; path: string[]; rank: number | null }[]>`
    select o.id, o.kind, o.path, t.rank from organizations o left join tiers t on t.id = o.tier_id`
  const rank = new Map(rows.map((row) => [row.id, row.rank ?? Number.POSITIVE_INFINITY]))
  const lowest = new Map(rows.map(({ id, path }) => [id, Math.min(...path.map((above) => rank.get(above) ?? 0))]))
  const defined = await sql<{ name: string; rank: number | null }[]>`
    select s.name, t.rank from scopes s left join tiers t on t.id = s.tier_id`
  const needs = new Map(defined.map((row) => [row.name, row.rank ?? 0]))
  return { rows, lowest, needs }
}

async function check(tree: Tree, granted: Map<string, number>): Promise<void> {
  const { sql, places } = tree
  const { rows, lowest, needs } = await rulesOf(tree)
  const everywhere = await Promise.all(rows.map(({ id }) => findPlaceById(sql, id).then(placeFrom)))
  for (const each of everywhere) {
    const shown = RANKS[(each?.tier ?? '') as keyof typeof RANKS]
    if (each !== null && each.id !== places.platform.id) expect(shown, each.slug).toBe(lowest.get(each.id))
  }
  const tokens = await sql`select t.id, s.role, s.scopes, s.devices from tokens t
    left join service_accounts s on s.id = t.service_account_id where t.deleted_at is null`
  for (const token of tokens) {
    const facts = tokenFrom(await findTokenFacts(sql, String(token['id'])))?.facts
    if (facts === undefined) throw new Error('a token is gone')
    for (const where of everywhere) {
      if (where === null) continue
      const asked = { within: null, organization: where, scopes: [], resource: NO_RESOURCE, address: null } as const
      const verdict = decide(facts, null, asked, new Date('2026-11-23'))
      if (!verdict.active) continue
      const holds = (scope: string) => verdict.scopes.includes(scope)
      for (const [scope, least] of needs)
        if (holds(scope)) expect(lowest.get(where.id), `${scope} at ${where.slug}`).toBeGreaterThanOrEqual(least)
      const owner =
        facts.kind === 'service'
          ? facts.apiUser
          : facts.kind === 'personal'
            ? facts.memberships.find((each) => each.place.id === where.id)
            : null
      if (owner?.role !== 'admin' && owner !== null) expect(holds('tokens:write') || holds('tokens:verify')).toBe(false)
      if (owner?.role === 'viewer') expect(OWN.some(holds)).toBe(false)
      if (facts.kind === 'personal') expect(holds('tokens:verify')).toBe(false)
      if (token['scopes'] !== null) expect(token['scopes']).toEqual(expect.arrayContaining([...verdict.scopes]))
      const narrowed = (token['devices'] ?? null) as string[] | null
      if (narrowed !== null)
        expect(narrowed.map((device) => `device:${device}`)).toEqual(
          expect.arrayContaining([...(verdict.resources ?? ['all'])]),
        )
    }
  }
  granted.set('checked', (granted.get('checked') ?? 0) + tokens.length)
}

test('whoever grants whatever to whomever, nothing ever holds more than what stands above it', async () => {
  const done = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 50, maxLength: 80, size: 'max' }), async (acts) => {
      const tree = await openTree()
      for (const one of acts) if (await run(tree, one)) done.set(one.do, (done.get(one.do) ?? 0) + 1)
      await check(tree, done)
    }),
    { numRuns: 12, interruptAfterTimeLimit: 12_000, markInterruptAsFailure: false, endOnFailure: true },
  )
  // Each of them was done, not only refused.
  for (const what of ['tier', 'scope', 'apiUser', 'token', 'editToken', 'checked'])
    expect(done.get(what), what).toBeGreaterThan(0)
}, 60_000)
