import { EXIT, Refusal } from '#lib/cli/exit-codes'

const DAY_MS = 86_400_000

/**
 * When a token is to end, of `90d` (days from now), `2027-01-31` (at the end of that day here), a date-time, or `never`.
 * @throws Refusal
 */
export function readExpiry(text: string, now: Date): string | null {
  if (text === 'never') return null
  const [, days] = /^(\d{1,5})d$/.exec(text) ?? []
  if (days !== undefined) return new Date(now.getTime() + Number(days) * DAY_MS).toISOString()
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  const end = year === undefined ? new Date(text) : new Date(Number(year), Number(month) - 1, Number(day) + 1)
  if (!Number.isNaN(end.getTime()) && /^\d{4}-/.test(text)) return end.toISOString()
  throw new Refusal(EXIT.usage, `${text} is no time to end: give 90d, 2027-01-31, a date-time, or never.`)
}
