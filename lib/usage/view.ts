import type { Outcome } from '#lib/usage/choices'

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

export type UsageDay = { readonly day: Date; readonly active: number; readonly refused: number }

/** How a token was used in the last 30 days, today last, in UTC. */
export type TokenUsage = {
  readonly days: readonly UsageDay[]
  readonly refusals: readonly { readonly outcome: Exclude<Outcome, 'active'>; readonly count: number }[]
  readonly callers: Callers
}
