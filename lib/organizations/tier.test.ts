import fc from 'fast-check'
import { expect, test } from 'vitest'
import { effectiveTier } from '#lib/organizations/tier'

const level = (name: string, rank: number | null) => ({
  name,
  tier: rank === null ? null : { plan: `${name}'s`, rank },
})
const platform = level('Platform', null)

test('the platform has no tier, so nothing limits it', () => {
  expect(effectiveTier([platform])).toBeNull()
})

test('an organization keeps its own tier while every ancestor has at least its rank', () => {
  const tier = effectiveTier([platform, level('Northwind', 2), level('Alder', 2)])
  expect(tier).toEqual({ plan: "Alder's", rank: 2, granted: { plan: "Alder's", rank: 2 }, limitedBy: null })
})

test('a lower ancestor caps what is below it, and is named', () => {
  const tier = effectiveTier([platform, level('Northwind', 1), level('Alder', 2)])
  expect(tier).toMatchObject({ plan: "Northwind's", granted: { plan: "Alder's" }, limitedBy: { name: 'Northwind' } })
})

test('of two ancestors that cap alike, the nearest is named', () => {
  const tier = effectiveTier([platform, level('Far', 1), level('Near', 1), level('Alder', 3)])
  expect(tier?.limitedBy).toEqual({ name: 'Near' })
})

test('the lowest rank in the lineage holds, whoever has it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 9 }), (ranks) => {
      const tier = effectiveTier([platform, ...ranks.map((rank, index) => level(`${index}`, rank))])
      const lowest = Math.min(...ranks)
      expect(tier?.rank).toBe(lowest)
      expect(tier?.granted.rank).toBe(ranks.at(-1))
      expect(tier?.limitedBy?.name ?? `${ranks.length - 1}`).toBe(`${ranks.lastIndexOf(lowest)}`)
    }),
  )
})
