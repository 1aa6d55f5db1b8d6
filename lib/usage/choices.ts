/** What is said of a token whose secret was presented: `active`, or the reason why not, in the order of judging. */
export const OUTCOMES = [
  'active',
  'secret_retired',
  'revoked',
  'organization_required',
  'not_a_member',
  'suspended',
  'api_user_disabled',
  'expired',
  'ip_not_allowed',
  'insufficient_scope',
  'resource_not_allowed',
] as const

export type Outcome = (typeof OUTCOMES)[number]

/** Under which all values are counted that a token brings in an hour beyond the first 100. */
export const OTHER = 'other'
