import { DomainError } from '#lib/errors'
import type { Policies } from '#lib/policies/effective'
import type { Expiration } from '#lib/tokens/schema'

const DAY = 86_400_000
const USUAL_DAYS = 90

export type Lifetime = { readonly expiresAt: Date | null; readonly lifetimeDays: number | null }

/** The length of life that a token gets where nobody chose: 90 days, or the policy's longest. */
export const usualLifetimeDays = (policies: Pick<Policies, 'longestLifetimeDays'>) =>
  Math.min(USUAL_DAYS, policies.longestLifetimeDays ?? USUAL_DAYS)

// A longest lifetime is a number, and forever is more than any.
const allowsForever = ({ neverExpiringAllowed, longestLifetimeDays }: Policies) =>
  neverExpiringAllowed && longestLifetimeDays === null

/** The end of a life of that many days that begins then. */
export const endOfLife = (start: Date, days: number) => new Date(start.getTime() + days * DAY)

/**
 * When a token is to expire. The policy's longest lifetime counts from `countedFrom`: the minting of the current
 * secret, before the first one the creation. A preset counts from now.
 * @throws DomainError `over_policy` beside the field, `expired` for a past instant
 */
export function chooseLifetime(
  choice: Expiration | undefined,
  policies: Policies,
  at: { readonly now: Date; readonly countedFrom: Date },
): Lifetime {
  const refuse = (message: string) => new DomainError('over_policy', message, { expiration: message })
  const longest = policies.longestLifetimeDays
  if (choice === undefined) {
    const days = usualLifetimeDays(policies)
    return { expiresAt: endOfLife(at.now, days), lifetimeDays: days }
  }
  if (choice.kind === 'never') {
    if (!allowsForever(policies)) throw refuse('A token that never expires is not allowed here.')
    return { expiresAt: null, lifetimeDays: null }
  }
  const expiresAt = choice.kind === 'preset' ? endOfLife(at.now, choice.days) : new Date(choice.at)
  if (expiresAt <= at.now) throw refuse('Choose a day that is still to come.')
  if (longest !== null && expiresAt > endOfLife(at.countedFrom, longest))
    throw refuse(`The longest lifetime here is ${longest} days.`)
  return { expiresAt, lifetimeDays: choice.kind === 'preset' ? choice.days : null }
}

/**
 * Refuses a life that the policies, as they are now, would not allow: for a token that is to work again.
 * @throws DomainError `over_policy`
 */
export function requireWithinPolicy(
  token: { readonly createdAt: Date; readonly mintedAt: Date | null; readonly expiresAt: Date | null },
  policies: Policies,
): void {
  if (token.expiresAt === null) {
    if (allowsForever(policies)) return
    throw new DomainError(
      'over_policy',
      'A token that never expires is not allowed here any more. Give it an expiration first.',
    )
  }
  const longest = policies.longestLifetimeDays
  if (longest !== null && token.expiresAt > endOfLife(token.mintedAt ?? token.createdAt, longest))
    throw new DomainError('over_policy', `The longest lifetime here is ${longest} days. Make a new token in its place.`)
}
