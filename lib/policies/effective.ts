/** What an organization allows for its tokens; each value has a loosest and a tightest end. */
export type Policies = {
  readonly revealPolicy: 'anytime' | 'once'
  readonly deletePolicy: 'any' | 'revoked-only'
  /** Days from the minting of the current secret; null: none. */
  readonly longestLifetimeDays: number | null
  readonly neverExpiringAllowed: boolean
}

/** The tighter of two, value by value. A longest lifetime means that nothing lives forever. */
export function tighter(a: Policies, b: Policies): Policies {
  const lifetimes = [a.longestLifetimeDays, b.longestLifetimeDays].filter((days) => days !== null)
  const longestLifetimeDays = lifetimes.length === 0 ? null : Math.min(...lifetimes)
  return {
    revealPolicy: a.revealPolicy === 'once' || b.revealPolicy === 'once' ? 'once' : 'anytime',
    deletePolicy: a.deletePolicy === 'revoked-only' || b.deletePolicy === 'revoked-only' ? 'revoked-only' : 'any',
    longestLifetimeDays,
    neverExpiringAllowed: a.neverExpiringAllowed && b.neverExpiringAllowed && longestLifetimeDays === null,
  }
}

/**
 * What counts for an organization: the tightest of the platform's ceilings, every ancestor but the platform, and
 * itself. `lineage` runs from the platform to the organization.
 */
export function effectivePolicies(lineage: readonly Policies[], ceilings: Policies): Policies {
  const own = lineage.length === 1 ? lineage : lineage.slice(1)
  return own.reduce(tighter, ceilings)
}
