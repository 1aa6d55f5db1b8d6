import { DomainError } from '#lib/errors'

const DAY_MS = 86_400_000

/** No more days can be asked for at once. */
export const MOST_DAYS = 366

/** A time from one instant to another, which it does not include. */
export type Period = { readonly from: Date; readonly to: Date }

/**
 * Refuses what ends before it begins, and what is longer than 366 days.
 * @throws DomainError `invalid` with the field
 */
export function requirePeriod({ from, to }: Period): void {
  if (!(from < to)) throw new DomainError('invalid', 'Check the period.', { from: 'This must be before the end.' })
  if (to.getTime() - from.getTime() > MOST_DAYS * DAY_MS)
    throw new DomainError('invalid', 'Check the period.', { to: `A period has at most ${MOST_DAYS} days.` })
}

/** The time of the same length that ends where this one begins. */
export const periodBefore = ({ from, to }: Period): Period => ({
  from: new Date(2 * from.getTime() - to.getTime()),
  to: from,
})

/** The day of an instant in a time zone, as `2026-11-22`. */
export function localDay(at: Date, timeZone: string): string {
  const parts = { year: '', month: '', day: '' }
  const format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  for (const { type, value } of format.formatToParts(at)) if (type in parts) parts[type as keyof typeof parts] = value
  return `${parts.year.padStart(4, '0')}-${parts.month}-${parts.day}`
}

/** So many days of the calendar later. */
export const dayAfter = (day: string, days = 1): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)

/** The days of a period in a time zone, the last one included, cut into runs of so many: each from one day to another, exclusive. */
export function* runsOfDays({ from, to }: Period, timeZone: string, days: number): Generator<[string, string]> {
  const end = dayAfter(localDay(new Date(to.getTime() - 1), timeZone))
  for (let day = localDay(from, timeZone); day < end; day = dayAfter(day, days)) yield [day, dayAfter(day, days)]
}
