import type { Outcome } from '#lib/usage/choices'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Why a token was refused, as the token's page says it. */
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

/** "12,345" */
export const figure = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ',')

/** "1.2 %" of the whole; none of nothing. */
export const share = (part: number, whole: number) => `${whole === 0 ? '0.0' : ((100 * part) / whole).toFixed(1)} %`

/** "1 request", "2 requests" */
export const counted = (count: number, one: string, many: string) => `${figure(count)} ${count === 1 ? one : many}`

/** "14 Feb 2027" of `2027-02-14`. */
export function dayWords(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`
}

/** What tells the day, `2027-02-14`, and the time, `14:06`, of an instant in a time zone. */
export function localTime(timeZone: string): (at: Date) => { readonly day: string; readonly time: string } {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return (at) => {
    const [day = '', time = ''] = format.format(at).split(' ')
    return { day, time }
  }
}
