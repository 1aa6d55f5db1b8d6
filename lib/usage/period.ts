import { DomainError } from '#lib/errors'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

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

/** The period up to then, of 7 days where no beginning was asked for. */
export const defaultPeriod = (from: Date | undefined, to: Date): Period => ({
  from: from ?? new Date(to.getTime() - 7 * DAY_MS),
  to,
})

/** The time of the same length that ends where this one begins. */
export const periodBefore = ({ from, to }: Period): Period => ({
  from: new Date(2 * from.getTime() - to.getTime()),
  to: from,
})

/** Whether it is over within so many days of any length. */
export const endsInDays = ({ from, to }: Period, days: number): boolean =>
  to.getTime() - from.getTime() < (days + 0.5) * DAY_MS

/** The day of an instant in a time zone, as `2026-11-22`. */
export const localDay = (at: Date, timeZone: string): string => localTime(at, timeZone).slice(0, 10)

/** So many days of the calendar later. */
export const dayAfter = (day: string, days = 1): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)

/** Days of a time zone one after the other: where each begins, and where the last one ends. */
export type Days = { readonly starts: readonly Date[]; readonly end: Date }

/** The days that a period touches in a time zone, in runs of so many. */
export function* runsOfDays({ from, to }: Period, timeZone: string, most: number): Generator<Days> {
  const last = localDay(new Date(to.getTime() - 1), timeZone)
  let starts: Date[] = []
  for (let day = localDay(from, timeZone); day <= last; day = dayAfter(day)) {
    starts.push(startOfDay(day, timeZone))
    if (starts.length < most && day < last) continue
    yield { starts, end: startOfDay(dayAfter(day), timeZone) }
    starts = []
  }
}

/** The first instant of a day in a time zone, which where clocks jump at midnight is 01:00. */
export function startOfDay(day: string, timeZone: string): Date {
  const utc = Date.parse(day)
  const by = (near: number) => new Date(utc - offsetAt(new Date(near), timeZone))
  const [before, after] = [by(utc - DAY_MS), by(utc + DAY_MS)]
  const first = earlier(before, after)
  return localDay(first, timeZone) === day ? first : later(before, after)
}

/** How far clocks are ahead of UTC in a period, from each instant on, which is a whole hour, until the next. */
export function clocksOf({ from, to }: Period, timeZone: string): { readonly since: Date; readonly aheadMs: number }[] {
  const begin = Math.floor(from.getTime() / HOUR_MS) * HOUR_MS
  const ahead = (at: number) => offsetAt(new Date(at), timeZone)
  const clocks = [{ since: new Date(begin), aheadMs: ahead(begin) }]
  for (let at = begin; at < to.getTime(); at += DAY_MS) {
    let [before, after] = [at, at + DAY_MS]
    if (ahead(before) === ahead(after)) continue
    while (after - before > HOUR_MS) {
      const middle = before + Math.floor((after - before) / 2 / HOUR_MS) * HOUR_MS
      if (ahead(middle) === ahead(before)) before = middle
      else after = middle
    }
    clocks.push({ since: new Date(after), aheadMs: ahead(after) })
  }
  return clocks
}

/** How far clocks are ahead of UTC there and then, in milliseconds. */
const offsetAt = (at: Date, timeZone: string): number =>
  Date.parse(`${localTime(at, timeZone).replace(' ', 'T')}Z`) - Math.floor(at.getTime() / 1000) * 1000

// As `2026-11-22 14:05:00`, the way Sweden writes it.
const localTime = (at: Date, timeZone: string): string => clockOf(timeZone).format(at)

const clocks = new Map<string, Intl.DateTimeFormat>()

// Making one takes far longer than using it; there are no more than there are time zones.
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  clocks.set(timeZone, made)
  return made
}

export const earlier = (one: Date, other: Date): Date => new Date(Math.min(one.getTime(), other.getTime()))
export const later = (one: Date, other: Date): Date => new Date(Math.max(one.getTime(), other.getTime()))
