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

/** What extended metrics tell. */
export const EXTENDED = ['endpoint', 'resource', 'ip', 'userAgent'] as const
export type Extended = (typeof EXTENDED)[number]

/** The cookie in which a browser tells its time zone. */
export const ZONE_COOKIE = 'tokenry-zone'

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

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** An hour of the week, from Monday at midnight on: "Monday, 00:00". */
export const weekdayHourWords = ({ weekday, hour }: { readonly weekday: number; readonly hour: number }) =>
  `${WEEKDAYS[weekday - 1]}, ${String(hour).padStart(2, '0')}:00`
