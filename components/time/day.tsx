const pad = (value: number, width: number) => String(value).padStart(width, '0')

/** The local day of an instant as a date field writes it: `2027-02-14`. Runs in the browser's own time zone. */
export function dayOf(at: Date): string {
  return `${pad(at.getFullYear(), 4)}-${pad(at.getMonth() + 1, 2)}-${pad(at.getDate(), 2)}`
}

/** 24:00 of a day such as `2027-02-14` in the browser's own time zone; null where it is no day of the calendar. */
export function endOfDay(day: string): Date | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  if (match === null) return null
  const [year, month, date] = match.slice(1).map(Number)
  if (year === undefined || month === undefined || date === undefined) return null
  if (dayOf(new Date(year, month - 1, date)) !== day) return null
  return new Date(year, month - 1, date + 1)
}

/** The instant so many days of 24 hours later. */
export function daysLater(from: Date, days: number): Date {
  return new Date(from.getTime() + days * 86_400_000)
}

/** The last local day whose 24:00 is not after the given instant. */
export function lastWholeDay(until: Date): string {
  const midnight = new Date(until.getFullYear(), until.getMonth(), until.getDate())
  return dayOf(new Date(midnight.getTime() - 1))
}
