import type { CountedHour, CountedUses, CountedValue } from '#db/queries/usage-add'
import type { ComingHour } from '#db/queries/usage-bound'
import { type Kind, type TokenHour, talliesOf } from '#lib/verification/usage-recorder/values'

/** What one transaction writes, and where it was gathered. */
export type Portion = {
  readonly uses: CountedUses
  readonly coming: readonly (ComingHour & { readonly of: TokenHour })[]
}

/** Takes the counts of these hours out, which stand at zero from then on. */
export function portionOf(hours: readonly TokenHour[]): Portion {
  const coming = hours.map((of) => {
    const { tokenId, organizationId, hour, active, refused, fresh, crowded } = of
    of.fresh = false
    return { tokenId, organizationId, hour, uses: sum(active, refused), sure: !fresh && !crowded, of }
  })
  const uses = {
    hours: takeOutcomes(hours),
    endpoints: takeValues(hours, 'endpoint'),
    resources: takeValues(hours, 'resource'),
    addresses: takeValues(hours, 'address'),
    userAgents: takeValues(hours, 'userAgent'),
  }
  return { uses, coming }
}

function takeOutcomes(hours: readonly TokenHour[]): CountedHour[] {
  const counts: CountedHour[] = []
  for (const each of hours) {
    const { tokenId, organizationId, hour, active, refused } = each
    if (active > 0) counts.push({ tokenId, organizationId, hour, outcome: 'active', count: active })
    for (const [outcome, count] of refused ?? []) counts.push({ tokenId, organizationId, hour, outcome, count })
    each.active = 0
    each.refused = null
  }
  return counts
}

function takeValues(hours: readonly TokenHour[], kind: Kind): CountedValue[] {
  const values: CountedValue[] = []
  for (const each of hours) {
    const { tokenId, organizationId, hour } = each
    for (const tally of talliesOf(each, kind)) {
      const { value, active, refused, userAgent } = tally
      if (active + refused === 0) continue
      values.push({ tokenId, organizationId, hour, value, active, refused, userAgent })
      tally.active = 0
      tally.refused = 0
      tally.userAgent = null
    }
  }
  return values
}

function sum(active: number, refused: TokenHour['refused']): number {
  let all = active
  for (const count of refused?.values() ?? []) all += count
  return all
}
