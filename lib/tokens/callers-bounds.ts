import type { Queryable } from '#db/client'
import { findToken, type TokenRow } from '#db/queries/tokens'
import type { AnyActor } from '#lib/authorization'
import { DomainError, notFound } from '#lib/errors'
import { rangeWithin } from '#lib/network'
import type { Lifetime } from '#lib/policies/lifetime'
import { livesLonger } from '#lib/tokens/wider'

/** From where and until when a token that acts is good itself: no token is given more by it. */
export type Bounds = Pick<TokenRow, 'ipRanges' | 'expiresAt'>

/**
 * The bounds of the token that acts, as they are now; null: a person acts, whom none of this narrows.
 * @throws DomainError `not_found` where the token is gone
 */
export async function callersBounds(db: Queryable, { token }: Pick<AnyActor, 'token'>): Promise<Bounds | null> {
  if (token === undefined) return null
  const row = await findToken(db, token.id)
  if (row === null) throw notFound()
  return row
}

/**
 * The life of a new token: where nobody chose it ends with the caller's at the latest, and a first reveal stretches none
 * that a caller's end bounds.
 * @throws DomainError `not_held` beside the field, for a chosen one that is longer
 */
export function lifeWithin(bounds: Bounds | null, life: Lifetime, { chosen }: { readonly chosen: boolean }): Lifetime {
  if (bounds === null || bounds.expiresAt === null) return life
  if (chosen) requireLifeWithin(bounds, bounds.expiresAt, life.expiresAt)
  const isLonger = livesLonger(bounds.expiresAt, life.expiresAt)
  return { expiresAt: isLonger ? bounds.expiresAt : life.expiresAt, lifetimeDays: null }
}

/**
 * Refuses to let a token live longer than it did where that is longer than the caller.
 * @throws DomainError `not_held` beside the field
 */
export function requireLifeWithin(bounds: Bounds | null, before: Date | null, after: Date | null): void {
  if (bounds === null || !livesLonger(before, after) || !livesLonger(bounds.expiresAt, after)) return
  const message = `Your token expires at ${bounds.expiresAt?.toISOString()}, so it can't let one live longer.`
  throw new DomainError('not_held', message, { expiration: message })
}

/**
 * Refuses addresses that neither the token was allowed nor the caller is. No ranges allow every address.
 * @throws DomainError `not_held` beside the field
 */
export function requireRangesWithin(bounds: Bounds | null, before: readonly string[], after: readonly string[]): void {
  if (bounds === null || bounds.ipRanges.length === 0 || before.length === 0) return
  const beyond = rangesBeyond([...before, ...bounds.ipRanges], after)
  if (beyond === null) return
  const what = beyond.length === 0 ? 'every address' : beyond.slice(0, 3).join(', ')
  const message = `Your token is narrowed to addresses, so it can't allow ${what}.`
  throw new DomainError('not_held', message, { ipRanges: message })
}

/** What of these ranges lies in none that are allowed; null: all of them do, empty: they are every address. */
export function rangesBeyond(allowed: readonly string[], ranges: readonly string[]): readonly string[] | null {
  if (allowed.length === 0) return null
  const beyond = ranges.filter((range) => !allowed.some((outer) => rangeWithin(range, outer)))
  return ranges.length > 0 && beyond.length === 0 ? null : beyond
}
