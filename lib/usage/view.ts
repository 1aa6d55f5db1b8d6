import type { Extended, Outcome } from '#lib/usage/choices'
import type { Shown } from '#lib/usage/search'

/** From where a token came. */
export type Caller = {
  /** `other`: those beyond the first 100 of an hour. */
  readonly address: string
  /** The last one that came from there; null: none was told. */
  readonly userAgent: string | null
  readonly count: number
  readonly refused: number
  /** The beginning of the last hour in which it came. */
  readonly lastHour: Date
}

/** Those who came most, `more` of them left out; `total` requests of all. */
export type Callers = { readonly callers: readonly Caller[]; readonly more: number; readonly total: number }

/** What came in an hour or day. */
export type UsageBucket = { readonly start: Date; readonly active: number; readonly refused: number }

/** What came in an hour of a weekday; Monday is 1. */
export type WeekdayHour = {
  readonly weekday: 1 | 2 | 3 | 4 | 5 | 6 | 7
  readonly hour: number
  readonly active: number
  readonly refused: number
}

/** How a token was used in the last 30 days, today last, in UTC. */
export type TokenUsage = {
  readonly days: readonly UsageBucket[]
  readonly refusals: readonly { readonly outcome: Exclude<Outcome, 'active'>; readonly count: number }[]
  readonly callers: Callers
}

/** What came in a period. */
export type UsageTotals = {
  readonly requests: number
  readonly active: number
  readonly refused: number
  /** Most frequent first. */
  readonly refusals: readonly { readonly outcome: Exclude<Outcome, 'active'>; readonly count: number }[]
}

/** A group, and what came of it in a period. */
export type Ranked = {
  readonly group: string
  readonly requests: number
  readonly active: number
  readonly refused: number
}

/** The groups that came most in a period, and what came of the rest together. */
export type UsageRanking<Row extends Ranked = Ranked> = {
  readonly top: readonly Row[]
  readonly rest: { readonly groups: number; readonly requests: number; readonly refused: number }
}

/** A group of usage by token, as people read it. */
export type UsedToken = {
  readonly name: string
  /** There is nothing to open: it was deleted, or it is not one token. */
  readonly gone: boolean
}

/** All that Analytics shows of an organization. */
export type Analytics = {
  readonly shown: Shown
  /** Every hour or day of the period, also those in which nothing came. */
  readonly buckets: readonly UsageBucket[]
  /** Every hour of the week, from Monday at midnight on; null: fewer than 7 days are shown. */
  readonly week: readonly WeekdayHour[] | null
  readonly totals: UsageTotals
  /** Active tokens now, and those of them that came in the period. */
  readonly tokens: { readonly active: number; readonly used: number }
  readonly byToken: UsageRanking<Ranked & UsedToken>
  /** null: the tier does not have them, and nothing of them was asked for. `before`: of the same time before. */
  readonly extended: (Readonly<Record<Extended, UsageRanking>> & { readonly before: UsageTotals }) | null
}

/** An organization somewhere below, and what came of it alone in a period. */
export type CustomerUsage = {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly kind: 'reseller' | 'customer'
  readonly closed: boolean
  readonly requests: number
  readonly refused: number
  /** Requests more than in the same time before; fewer: below 0; null: the tier of whoever looks has no comparison. */
  readonly change: number | null
  readonly lastUsedAt: Date | null
}
