import { POLICY_NAMES } from '#lib/policies/choices'
import type { Policies, PolicyName } from '#lib/policies/view'

/** Policies as they hold somewhere, with the ancestor that each value comes from; null: set there itself. */
export type EffectivePolicies = Policies & { readonly setBy: Readonly<Record<PolicyName, string | null>> }

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
 * itself. `lineage` runs from the platform to the organization. Of two that allow alike, the one above is named.
 */
export function effectivePolicies(
  lineage: readonly (Policies & { readonly name: string })[],
  ceilings: Policies,
): EffectivePolicies {
  const own = lineage.length === 1 ? lineage : lineage.slice(1)
  const here = lineage.at(-1)
  return own.reduce(
    (above, level) => narrow(above, level, () => (level === here ? null : level.name)),
    sourced(ceilings, lineage[0]?.name ?? null),
  )
}

/** Policies that all come from there. */
export function sourced(policies: Policies, source: string | null): EffectivePolicies {
  const { revealPolicy, deletePolicy, longestLifetimeDays, neverExpiringAllowed } = policies
  return {
    ...{ revealPolicy, deletePolicy, longestLifetimeDays, neverExpiringAllowed },
    setBy: {
      revealPolicy: source,
      deletePolicy: source,
      longestLifetimeDays: source,
      neverExpiringAllowed: source,
    },
  }
}

/** The tighter of what holds already and of further policies, which are named where they narrow it. */
export function narrow(
  held: EffectivePolicies,
  further: Policies,
  source: (name: PolicyName) => string | null,
): EffectivePolicies {
  const policies = tighter(held, further)
  const setBy = { ...held.setBy }
  for (const name of POLICY_NAMES) if (policies[name] !== held[name]) setBy[name] = source(name)
  return { ...policies, setBy }
}

/** The policies of the first that are looser than those of the second. */
export function looserOf(policies: Policies, than: Policies): PolicyName[] {
  const [measured, limit] = [measure(policies), measure(than)]
  return POLICY_NAMES.filter((name) => measured[name] > limit[name])
}

// How loose each value is: the more, the looser.
const measure = (policies: Policies): Readonly<Record<PolicyName, number>> => ({
  revealPolicy: policies.revealPolicy === 'anytime' ? 1 : 0,
  deletePolicy: policies.deletePolicy === 'any' ? 1 : 0,
  longestLifetimeDays: policies.longestLifetimeDays ?? Number.POSITIVE_INFINITY,
  neverExpiringAllowed: policies.neverExpiringAllowed ? 1 : 0,
})
