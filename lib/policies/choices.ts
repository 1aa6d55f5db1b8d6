import type { Policies, PolicyName } from '#lib/policies/view'

/** The policies, in the order in which they are shown. */
export const POLICY_NAMES = [
  'revealPolicy',
  'deletePolicy',
  'longestLifetimeDays',
  'neverExpiringAllowed',
] as const satisfies readonly PolicyName[]

/** The greatest longest lifetime that can be set, in days: a hundred years. */
export const MOST_DAYS = 36_500

/** A policy as people read it. */
export const POLICY_TITLES: Readonly<Record<PolicyName, string>> = {
  revealPolicy: 'Reveal',
  deletePolicy: 'Delete',
  longestLifetimeDays: 'Longest lifetime',
  neverExpiringAllowed: 'Never-expiring tokens',
}

/** "1 day", "90 days". */
export const daysInWords = (days: number) => `${days} day${days === 1 ? '' : 's'}`

/** The value of a policy as people read it. */
export function policyWords(name: PolicyName, policies: Policies): string {
  if (name === 'revealPolicy') return policies.revealPolicy === 'anytime' ? 'Any time' : 'Once'
  if (name === 'deletePolicy') return policies.deletePolicy === 'any' ? 'Any' : 'Revoked or expired'
  if (name === 'neverExpiringAllowed') return policies.neverExpiringAllowed ? 'Allowed' : 'Not allowed'
  return policies.longestLifetimeDays === null ? 'No limit' : daysInWords(policies.longestLifetimeDays)
}
