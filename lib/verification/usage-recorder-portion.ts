import type { CountedUses, CountedValue } from '#db/queries/usage-add'
import type { ComingHour } from '#db/queries/usage-bound'
import { type Kind, type TokenHour, talliesOf } from '#lib/verification/usage-recorder-hours'

/** What one transaction writes, and where it was gathered. */
export type Portion = {
  readonly uses: CountedUses
  readonly coming: readonly (ComingHour & { readonly of: TokenHour })[]
}

/** Takes the counts of these hours out, which stand at zero from then on. */
export function portionOf(hours: readonly TokenHour[]): Portion {
  const uses = {
    hours: hours.flatMap(({ tokenId, organizationId, hour, active, refused }) => {
      const key = { tokenId, organizationId, hour }
      const refusals = refused === null ? [] : [...refused].map(([outcome, count]) => ({ ...key, outcome, count }))
      return active > 0 ? [...refusals, { ...key, outcome: 'active' as const, count: active }] : refusals
    }),
    endpoints: takeValues(hours, 'endpoint'),
    resources: takeValues(hours, 'resource'),
    addresses: takeValues(hours, 'address'),
    userAgents: takeValues(hours, 'userAgent'),
  }
  const coming = hours.map((of) => {
    const { tokenId, organizationId, hour, active, refused, fresh, crowded } = of
    let count = active
    if (refused !== null) for (const each of refused.values()) count += each
    of.active = 0
    of.refused = null
    of.fresh = false
    return { tokenId, organizationId, hour, uses: count, sure: !fresh && !crowded, of }
  })
  return { uses, coming }
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
