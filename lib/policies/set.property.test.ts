import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DomainError } from '#lib/errors'
import { loadOrganization } from '#lib/organizations/load'
import { looserOf } from '#lib/policies/effective'
import { setPolicies } from '#lib/policies/set'
import { setCeilings } from '#lib/policies/set-ceilings'
import type { Policies } from '#lib/policies/view'
import { testWorld } from '#lib/testing/world'

const PLACES = ['platform', 'northwind', 'westbay', 'birch'] as const
const PARENTS = { platform: null, northwind: null, westbay: 'northwind', birch: 'westbay' } as const
type PlaceName = (typeof PLACES)[number]

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const change = fc.record({
  revealPolicy: optional(fc.constantFrom('anytime' as const, 'once' as const)),
  deletePolicy: optional(fc.constantFrom('any' as const, 'revoked-only' as const)),
  longestLifetimeDays: optional(fc.constantFrom(null, null, 10, 30, 60, 90)),
  neverExpiringAllowed: optional(fc.boolean()),
})
const act = fc.record({
  who: fc.constantFrom(...PLACES),
  where: fc.constantFrom('ceilings' as const, ...PLACES, ...PLACES),
  change,
})

const COLUMNS = `reveal_policy as "revealPolicy", delete_policy as "deletePolicy",
  longest_lifetime_days as "longestLifetimeDays", never_expiring_allowed as "neverExpiringAllowed"`

async function openTree() {
  const world = await testWorld()
  const westbay = await world.organization('Westbay', world.northwind, 'reseller')
  const birch = await world.organization('Birch', westbay, 'customer')
  const places = { platform: world.platform, northwind: world.northwind, westbay, birch }
  const admins = {
    platform: await world.person(places.platform, 'admin'),
    northwind: await world.person(places.northwind, 'admin'),
    westbay: await world.person(places.westbay, 'admin'),
    birch: await world.person(places.birch, 'admin'),
  }
  const read = async () => {
    const [ceilings] = await world.sql<Policies[]>`select ${world.sql.unsafe(COLUMNS)} from policy_ceilings`
    const rows = await world.sql<(Policies & { slug: PlaceName })[]>`
      select slug, ${world.sql.unsafe(COLUMNS)} from organizations`
    const stored = Object.fromEntries(rows.map((row) => [row.slug, row]))
    const effective = Object.fromEntries(
      await Promise.all(
        PLACES.map(async (name) => [name, (await loadOrganization(world.db, places[name].id))?.policies] as const),
      ),
    )
    return { ceilings, stored, effective }
  }
  /** As on the first day. */
  const reset = async () => {
    const day = { reveal_policy: 'once', delete_policy: 'revoked-only', longest_lifetime_days: null }
    await world.sql`update organizations set ${world.sql({ ...day, never_expiring_allowed: true })}`
    await world.sql`update policy_ceilings set ${world.sql({ ...day, reveal_policy: 'anytime', delete_policy: 'any', never_expiring_allowed: true })}`
  }
  return { ...world, places, admins, read, reset }
}

type Tree = Awaited<ReturnType<typeof openTree>>
type State = Awaited<ReturnType<Tree['read']>>

const of = (policies: Policies | undefined): Policies => {
  if (policies === undefined) throw new Error('every place has policies')
  return policies
}

/** Nothing that holds is looser than what holds above, nor than the ceilings. */
function expectBounded({ ceilings, effective }: State): void {
  for (const name of PLACES) {
    const parent = PARENTS[name]
    expect(looserOf(of(effective[name]), of(ceilings)), `${name} within the ceilings`).toEqual([])
    if (parent !== null) expect(looserOf(of(effective[name]), of(effective[parent])), `${name} within`).toEqual([])
  }
}

const isAbove = (who: PlaceName, where: PlaceName) => PLACES.indexOf(who) < PLACES.indexOf(where)

test('whoever sets whatever, in any order: nothing holds that is looser than above it, and its own admins loosen nothing', async () => {
  const tree = await openTree()
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 25, size: 'max' }), async (acts) => {
      await tree.reset()
      for (const { who, where, change } of acts) {
        const before = await tree.read()
        const ctx = { ...tree.admins[who], maySeal: true }
        const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
        const organizationId = tree.places[where === 'ceilings' ? 'platform' : where].id
        const verb = where === 'ceilings' ? setCeilings : setPolicies
        const refusal = await verb(ctx, { organizationId, ...given }).then(
          () => null,
          (error: unknown) => error,
        )
        const after = await tree.read()
        expectBounded(after)
        if (refusal !== null) {
          expect(refusal).toBeInstanceOf(DomainError)
          expect(after, 'a refusal changes nothing').toEqual(before)
          continue
        }
        if (where === 'ceilings' || where === 'platform') {
          expect(who).toBe('platform')
          continue
        }
        const loosened = looserOf(of(after.stored[where]), of(before.stored[where]))
        if (!isAbove(who, where)) {
          expect(who).toBe(where)
          expect(loosened, 'own admins loosen nothing').toEqual([])
          for (const name of PLACES)
            expect(looserOf(of(after.effective[name]), of(before.effective[name])), `${name} by ${who}`).toEqual([])
        }
        // What is set looser is at most what held above at that moment.
        const parent = PARENTS[where]
        const most = of(parent === null ? before.ceilings : before.effective[parent])
        const beyond = looserOf(of(after.stored[where]), most)
        expect(loosened.filter((name) => beyond.includes(name))).toEqual([])
      }
    }),
    { numRuns: 12 },
  )
}, 120_000)
