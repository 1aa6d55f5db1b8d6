import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type EffectivePolicies, effectivePolicies, sourced, tighter } from '#lib/policies/effective'
import { chooseLifetime, endOfLife, requireWithinPolicy, usualLifetimeDays } from '#lib/policies/lifetime'
import type { Policies } from '#lib/policies/view'

const NOW = new Date('2026-11-22T12:00:00Z')
const loosest: Policies = {
  revealPolicy: 'anytime',
  deletePolicy: 'any',
  longestLifetimeDays: null,
  neverExpiringAllowed: true,
}
const LOOSEST: EffectivePolicies = sourced(loosest, null)
const named = (levels: readonly Policies[]) => levels.map((level, index) => ({ ...level, name: `${index}` }))
const at = { now: NOW, countedFrom: NOW }

const policies: fc.Arbitrary<Policies> = fc.record({
  revealPolicy: fc.constantFrom('anytime', 'once'),
  deletePolicy: fc.constantFrom('any', 'revoked-only'),
  longestLifetimeDays: fc.option(fc.integer({ min: 1, max: 1000 })),
  neverExpiringAllowed: fc.boolean(),
})

const allowsAtMost = (narrow: Policies, wide: Policies) =>
  (wide.revealPolicy === 'anytime' || narrow.revealPolicy === 'once') &&
  (wide.deletePolicy === 'any' || narrow.deletePolicy === 'revoked-only') &&
  (wide.longestLifetimeDays === null ||
    (narrow.longestLifetimeDays !== null && narrow.longestLifetimeDays <= wide.longestLifetimeDays)) &&
  (wide.neverExpiringAllowed || !narrow.neverExpiringAllowed)

test('no organization is allowed more than any ancestor but the platform, nor more than the ceilings', () => {
  fc.assert(
    fc.property(fc.array(policies, { minLength: 1, maxLength: 6 }), policies, (lineage, ceilings) => {
      const effective = effectivePolicies(named(lineage), ceilings)
      const above = lineage.length === 1 ? lineage : lineage.slice(1)
      return [...above, ceilings].every((each) => allowsAtMost(effective, each))
    }),
  )
})

test('the platform’s own policies do not bind those below it', () => {
  const strict: Policies = {
    revealPolicy: 'once',
    deletePolicy: 'revoked-only',
    longestLifetimeDays: 1,
    neverExpiringAllowed: false,
  }
  expect(effectivePolicies(named([strict, loosest]), loosest)).toMatchObject(loosest)
  expect(effectivePolicies(named([strict]), loosest)).toMatchObject(strict)
})

test('a longest lifetime means that nothing lives forever', () => {
  expect(tighter(LOOSEST, { ...LOOSEST, longestLifetimeDays: 30 }).neverExpiringAllowed).toBe(false)
})

test('a token lives 90 days where nobody chose, or the policy’s longest', () => {
  expect(usualLifetimeDays(LOOSEST)).toBe(90)
  expect(chooseLifetime(undefined, { ...LOOSEST, longestLifetimeDays: 7 }, at)).toEqual({
    lifetimeDays: 7,
    expiresAt: endOfLife(NOW, 7),
  })
})

test('no choice reaches beyond the longest lifetime, and none lies in the past', () => {
  const policy = { ...LOOSEST, longestLifetimeDays: 60 }
  const custom = (days: number) => ({ kind: 'custom', at: endOfLife(NOW, days).toISOString() }) as const
  expect(chooseLifetime(custom(60), policy, at).lifetimeDays).toBeNull()
  expect(() => chooseLifetime(custom(60.001), policy, at)).toThrow('60 days')
  expect(() => chooseLifetime({ kind: 'preset', days: 90 }, policy, at)).toThrow('60 days')
  expect(() => chooseLifetime({ kind: 'never' }, policy, at)).toThrow('never expires')
  expect(() => chooseLifetime(custom(0), LOOSEST, at)).toThrow('still to come')
})

test('what a tightened policy would not allow any more does not come back to work', () => {
  const forever = { createdAt: NOW, mintedAt: NOW, expiresAt: null }
  const long = { createdAt: NOW, mintedAt: NOW, expiresAt: endOfLife(NOW, 365) }
  requireWithinPolicy(forever, LOOSEST)
  requireWithinPolicy(long, LOOSEST)
  expect(() => requireWithinPolicy(forever, { ...LOOSEST, neverExpiringAllowed: false })).toThrow('any more')
  expect(() => requireWithinPolicy(long, { ...LOOSEST, longestLifetimeDays: 30 })).toThrow('30 days')
})

test('each value is named after the topmost ancestor that it comes from', () => {
  const lineage = [
    { ...loosest, name: 'Platform' },
    { ...loosest, longestLifetimeDays: 30, name: 'Northwind' },
    { ...loosest, longestLifetimeDays: 30, revealPolicy: 'once' as const, name: 'Alder' },
  ]
  expect(effectivePolicies(lineage, { ...loosest, deletePolicy: 'revoked-only' }).setBy).toEqual({
    revealPolicy: null,
    deletePolicy: 'Platform',
    longestLifetimeDays: 'Northwind',
    neverExpiringAllowed: 'Northwind',
  })
})

test('a refusal names the ancestor that set the limit', () => {
  const policies = effectivePolicies(
    [
      { ...loosest, name: 'Platform' },
      { ...loosest, longestLifetimeDays: 30, name: 'Northwind' },
      { ...loosest, name: 'Alder' },
    ],
    loosest,
  )
  expect(() => chooseLifetime({ kind: 'preset', days: 60 }, policies, at)).toThrow(
    'The longest lifetime here is 30 days, set by Northwind.',
  )
  expect(() => chooseLifetime({ kind: 'never' }, policies, at)).toThrow(
    'Northwind does not allow a token that never expires.',
  )
})
