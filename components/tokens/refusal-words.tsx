import type { Outcome } from '#lib/usage/choices'

/** Why tokens were refused, as people read it. */
export const REFUSALS: Readonly<Record<Exclude<Outcome, 'active'>, string>> = {
  secret_retired: 'The secret had retired',
  revoked: 'Revoked',
  organization_required: 'No organization was named',
  not_a_member: 'It does not count in that organization',
  suspended: 'The organization was suspended',
  api_user_disabled: 'The API user was disabled',
  expired: 'Expired',
  ip_not_allowed: 'The address was not allowed',
  insufficient_scope: 'A scope was missing',
  resource_not_allowed: 'The resource was not allowed',
}
