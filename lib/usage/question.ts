import { DomainError } from '#lib/errors'
import { EXTENDED } from '#lib/usage/choices'
import type { Period } from '#lib/usage/period'

/** What usage can be told by; the last four need extended metrics. */
export const GROUPINGS = ['token', 'outcome', 'endpoint', 'resource', 'ip', 'userAgent'] as const
export type Grouping = (typeof GROUPINGS)[number]

/** How long a time each row covers. */
export const INTERVALS = ['hour', 'day'] as const
export type Interval = (typeof INTERVALS)[number]

/** What is asked of an organization's usage. */
export type UsageQuestion = Period & {
  readonly organizationId: string
  readonly interval: Interval
  /** null: one row for each hour or day. */
  readonly groupBy: Grouping | null
  /** IANA name: whose days; hours are the same everywhere but where clocks differ by less than one. */
  readonly timeZone: string
}

/**
 * What came in an hour or day, of one group. Usage is counted by the hour in UTC, and an hour belongs to the day in which
 * it begins: where clocks differ by half an hour, the first half hour of a day counts to the day before.
 */
export type UsageRow = {
  /** The beginning of the hour or day; of the first one it may be before the period. */
  readonly start: Date
  /**
   * null where nothing is grouped by. Of tokens the id; `personal` are all personal tokens together, which are their
   * owners' business, and `above` those of organizations above. Of the extended ones `other` are those beyond the first
   * 100 that a token brought in an hour.
   */
  readonly group: string | null
  readonly requests: number
  readonly active: number
  readonly refused: number
}

/** Whether that is told by extended metrics alone. */
export const isExtended = (groupBy: Grouping | null): boolean => EXTENDED.some((each) => each === groupBy)

/**
 * Refuses names that are no time zone's, and offsets from UTC.
 * @throws DomainError `invalid`
 */
export function requireTimeZone(timeZone: string): void {
  if (!isTimeZone(timeZone))
    throw new DomainError('invalid', 'Check the time zone.', { timeZone: 'Name a time zone, such as Europe/Berlin.' })
}

/** Whether it names a time zone as IANA does. */
export function isTimeZone(timeZone: string): boolean {
  if (!/^[A-Z][A-Za-z0-9_+/-]{0,63}$/.test(timeZone)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return true
  } catch {
    return false
  }
}
