const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const RELATIVE_DAYS = 30
const SOON_DAYS = 14

type Parts = Readonly<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'zone', string>>

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  })
  formatters.set(timeZone, made)
  return made
}

function partsOf(at: Date, timeZone: string): Parts {
  const parts = { year: '', month: '', day: '', hour: '', minute: '', second: '', zone: '' }
  for (const { type, value } of formatter(timeZone).formatToParts(at)) {
    if (type === 'timeZoneName') parts.zone = value
    else if (type in parts) parts[type as keyof typeof parts] = value
  }
  return parts
}

const dateOf = (parts: Parts) => `${Number(parts.day)} ${MONTHS[Number(parts.month) - 1]} ${parts.year}`

const count = (amount: number, unit: string) => `${amount} ${unit}${amount === 1 ? '' : 's'}`

/** "14 Feb 2027" in the given time zone. */
export function formatDate(at: Date, timeZone: string): string {
  return dateOf(partsOf(at, timeZone))
}

/** "14 Feb 2027, 14:06:22 UTC": to the second, with the zone's name. */
export function formatExact(at: Date, timeZone: string): string {
  const parts = partsOf(at, timeZone)
  return `${dateOf(parts)}, ${parts.hour}:${parts.minute}:${parts.second} ${parts.zone}`
}

/** "14:06:22" in the given time zone. */
export function formatClock(at: Date, timeZone: string): string {
  const { hour, minute, second } = partsOf(at, timeZone)
  return `${hour}:${minute}:${second}`
}

/** "14:06:22 UTC": the same with the zone's name. */
export function formatClockZone(at: Date, timeZone: string): string {
  return `${formatClock(at, timeZone)} ${partsOf(at, timeZone).zone}`
}

/** Under 30 days ago "Just now", "2 min ago", "3 hours ago", "6 days ago"; else, and for a later day, the date. */
export function formatInstant(at: Date, now: Date, timeZone: string): string {
  const age = now.getTime() - at.getTime()
  // A clock that is a little behind the server's must not turn "Just now" into a date.
  if (age < -MINUTE || age >= RELATIVE_DAYS * DAY) return formatDate(at, timeZone)
  if (age < MINUTE) return 'Just now'
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`
  if (age < DAY) return `${count(Math.floor(age / HOUR), 'hour')} ago`
  return `${count(Math.floor(age / DAY), 'day')} ago`
}

/** The last instant a deadline covers: one at the first instant of a local day belongs to the day before. */
function lastCovered(at: Date, timeZone: string): { readonly parts: Parts; readonly endsDay: boolean } {
  const before = partsOf(new Date(at.getTime() - 1), timeZone)
  const itself = partsOf(at, timeZone)
  // Where clocks jump at midnight a day begins at 01:00, so the day is compared, not the hour.
  return before.day === itself.day ? { parts: itself, endsDay: false } : { parts: before, endsDay: true }
}

/** The day on which a deadline ends, "14 Feb 2027"; midnight counts as the end of the day before. */
export function formatDeadlineDate(at: Date, timeZone: string): string {
  return dateOf(lastCovered(at, timeZone).parts)
}

/** "Until 14 Feb 2027, 24:00 CET": a deadline to the minute, midnight written as 24:00 of the day that ends. */
export function formatDeadlineExact(at: Date, timeZone: string): string {
  const { parts, endsDay } = lastCovered(at, timeZone)
  return `Until ${dateOf(parts)}, ${endsDay ? '24:00' : `${parts.hour}:${parts.minute}`} ${parts.zone}`
}

/** Whether a deadline is still to come and at most 14 days away. */
export function isSoon(at: Date, now: Date): boolean {
  const left = at.getTime() - now.getTime()
  return left > 0 && left <= SOON_DAYS * DAY
}

/** "in 9 days", "in 3 hours", "in 12 min", "in under a minute": how long is left, rounded down. */
export function formatRemaining(at: Date, now: Date): string {
  const left = Math.max(0, at.getTime() - now.getTime())
  if (left < MINUTE) return 'in under a minute'
  if (left < HOUR) return `in ${Math.floor(left / MINUTE)} min`
  if (left < DAY) return `in ${count(Math.floor(left / HOUR), 'hour')}`
  return `in ${count(Math.floor(left / DAY), 'day')}`
}

const MONTH_DAYS = 365.25 / 12
const YEAR_DAYS = 365

/** How old something is, always relative, rounded down: "3 hours ago", "12 days ago", "14 months ago", "3 years ago". */
export function formatAge(at: Date, now: Date): string {
  const age = Math.max(0, now.getTime() - at.getTime())
  if (age < MINUTE) return 'just now'
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`
  if (age < DAY) return `${count(Math.floor(age / HOUR), 'hour')} ago`
  const days = Math.floor(age / DAY)
  if (days < RELATIVE_DAYS * 2) return `${count(days, 'day')} ago`
  const months = Math.floor(days / MONTH_DAYS)
  return months < 24 ? `${count(months, 'month')} ago` : `${count(Math.floor(months / 12), 'year')} ago`
}

/** Whether something is more than 365 days old. */
export const isOlderThanAYear = (at: Date, now: Date) => now.getTime() - at.getTime() > YEAR_DAYS * DAY
