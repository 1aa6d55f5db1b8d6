import { dayOf, daysLater, endOfDay, lastWholeDay } from '#components/time/day'
import { PRESET_DAYS } from '#lib/tokens/choices'
import type { Expiration } from '#lib/tokens/schema'
import type { TokenFormOptions } from '#lib/tokens/view'

/** `keep`: as it is; `usual`: what the server takes where nothing is said, for a longest lifetime that is no preset. */
export type ExpirationChoice = 'keep' | 'usual' | `${(typeof PRESET_DAYS)[number]}` | 'custom' | 'never'

export type ExpirationValue = { readonly choice: ExpirationChoice; readonly day: string }

export type ExpirationLimits = {
  readonly now: Date
  /** The last instant that the policy allows; null: none. */
  readonly latest: Date | null
  readonly longestLifetimeDays: number | null
  readonly neverAllowed: boolean
}

type Option = { readonly value: ExpirationChoice; readonly label: string; readonly locked: boolean }

const USUAL_DAYS = 90

const lengthOf = (days: number) => (days === 365 ? '1 year' : `${days} day${days === 1 ? '' : 's'}`)

/** What the policy leaves, counted from the minting of the secret that is to live so long. */
export function expirationLimits(
  { longestLifetimeDays, neverAllowed }: Pick<TokenFormOptions, 'longestLifetimeDays' | 'neverAllowed'>,
  now: Date,
  countedFrom: Date,
): ExpirationLimits {
  const latest = longestLifetimeDays === null ? null : daysLater(countedFrom, longestLifetimeDays)
  return { now, latest, longestLifetimeDays, neverAllowed: neverAllowed && latest === null }
}

const fits = (days: number, { now, latest }: ExpirationLimits) => latest === null || daysLater(now, days) <= latest

const usualDays = (longest: number | null) => Math.min(USUAL_DAYS, longest ?? USUAL_DAYS)

/** The usual length for a new token: 90 days or the policy's longest, as a preset where it is one. */
export function usualChoice({ longestLifetimeDays }: Pick<ExpirationLimits, 'longestLifetimeDays'>): ExpirationChoice {
  const preset = PRESET_DAYS.find((days) => days === usualDays(longestLifetimeDays))
  return preset === undefined ? 'usual' : `${preset}`
}

/** Every length there is, those the policy forbids locked. */
export function expirationOptions(limits: ExpirationLimits, { withUsual }: { withUsual: boolean }): Option[] {
  const presets = PRESET_DAYS.map((days) => ({
    days,
    option: { value: `${days}` as const, label: lengthOf(days), locked: !fits(days, limits) },
  }))
  const days = usualDays(limits.longestLifetimeDays)
  const usual = { days, option: { value: 'usual' as const, label: lengthOf(days), locked: false } }
  const lengths = withUsual && usualChoice(limits) === 'usual' ? [...presets, usual] : presets
  return [
    ...lengths.toSorted((a, b) => a.days - b.days).map(({ option }) => option),
    { value: 'custom', label: 'Custom', locked: false },
    { value: 'never', label: 'Never', locked: !limits.neverAllowed },
  ]
}

/** Why options are locked, in a sentence; empty where none is. `since`: the day the life began, where that is not now. */
export function lockReason(
  options: readonly Option[],
  { longestLifetimeDays }: Pick<ExpirationLimits, 'longestLifetimeDays'>,
  since = '',
): string {
  const locked = options.filter((option) => option.locked)
  if (locked.length === 0) return ''
  const subject = locked.length === 1 ? "Never isn't allowed" : "Longer isn't allowed"
  if (longestLifetimeDays === null) return `${subject} here.`
  const counted = since === '' ? '' : `, counted from ${since}`
  return `${subject}: the longest lifetime here is ${lengthOf(longestLifetimeDays)}${counted}.`
}

/** The instant a choice leads to; null for never, undefined where the choice says none. */
export function expiryOf({ choice, day }: ExpirationValue, limits: ExpirationLimits): Date | null | undefined {
  if (choice === 'keep') return undefined
  if (choice === 'never') return null
  if (choice === 'custom') return endOfDay(day) ?? undefined
  return daysLater(limits.now, choice === 'usual' ? usualDays(limits.longestLifetimeDays) : Number(choice))
}

/** The choice as the server takes it; undefined where nothing is to be said. Throws on a day that is none. */
export function toExpiration({ choice, day }: ExpirationValue): Expiration | undefined {
  if (choice === 'keep' || choice === 'usual') return undefined
  if (choice === 'never') return { kind: 'never' }
  if (choice === 'custom') {
    const end = endOfDay(day)
    if (end === null) throw new Error('no such day')
    return { kind: 'custom', at: end.toISOString() }
  }
  const days = PRESET_DAYS.find((preset) => String(preset) === choice)
  return days === undefined ? undefined : { kind: 'preset', days }
}

/** What is wrong with the day of a Custom choice; null where nothing is. */
export function dayError({ choice, day }: ExpirationValue, { now, latest }: ExpirationLimits): string | null {
  if (choice !== 'custom') return null
  const end = endOfDay(day)
  if (end === null) return 'Choose a day.'
  if (end <= now) return 'Choose a day that is still to come.'
  return latest !== null && end > latest ? 'Choose an earlier day.' : null
}

/** The first and the last day that a date field offers. */
export function dayRange({ now, latest }: ExpirationLimits) {
  return { min: dayOf(now), max: latest === null ? undefined : lastWholeDay(latest) }
}
