import { formatClock, formatDate } from '#components/time/format'
import type { PeriodName, Shown } from '#lib/usage/search'

export const PERIOD_WORDS: Readonly<Record<PeriodName, string>> = {
  '24h': '24 hours',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
}

/** What is shown, for a sentence: "in the last 30 days", "from 1 Nov 2026 to 12 Nov 2026". */
export function periodWords({ name, from, to, timeZone }: Shown): string {
  if (name !== null) return `in the last ${PERIOD_WORDS[name]}`
  const [first, last] = [from, new Date(to.getTime() - 1)].map((at) => formatDate(at, timeZone))
  return first === last ? `on ${first}` : `from ${first} to ${last}`
}

/** When an hour or day began: "22 Nov 2026", "22 Nov 2026, 14:00". */
export const startWords = (start: Date, { interval, timeZone }: Pick<Shown, 'interval' | 'timeZone'>): string =>
  interval === 'day' ? formatDate(start, timeZone) : `${formatDate(start, timeZone)}, ${hourOf(start, timeZone)}`

/** The same, short: "22 Nov", and "14:00" within a day. */
export const axisWords = (start: Date, { interval, timeZone, from, to }: Shown): string =>
  interval === 'hour' && to.getTime() - from.getTime() < 3 * 86_400_000
    ? hourOf(start, timeZone)
    : formatDate(start, timeZone).replace(/ \d+$/, '')

const hourOf = (at: Date, timeZone: string) => formatClock(at, timeZone).slice(0, 5)

/** Whose times are shown. Usage is counted by hours of UTC, which belong to the day and hour in which they begin. */
export function timesWords({ from, timeZone }: Pick<Shown, 'from' | 'timeZone'>): string {
  const minutes = new Date(from).toLocaleString('sv-SE', { timeZone }).slice(14, 16)
  const apart = Number(minutes) - from.getUTCMinutes()
  const counted =
    apart === 0 ? '' : ' Usage is counted by hours of UTC: an hour counts to the day and hour in which it begins.'
  return `Times in ${timeZone}.${counted}`
}

/** "98.0 %"; never 100 % where something is left out. */
export const share = (part: number, whole: number): string => `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`

/** How a number differs from one before: "12 % more than", "as many as". */
export function comparedWith(now: number, before: number): string {
  if (now === before) return 'as many as'
  if (before === 0) return `${now.toLocaleString('en-GB')} more than`
  const percent = Math.round((Math.abs(now - before) / before) * 100)
  return `${percent === 0 ? 'under 1' : percent.toLocaleString('en-GB')} % ${now > before ? 'more' : 'fewer'} than`
}

/** "+1,204", "-31", "0": a difference with its sign. */
export const signed = (difference: number): string =>
  `${difference > 0 ? '+' : difference < 0 ? '\u2212' : ''}${Math.abs(difference).toLocaleString('en-GB')}`
