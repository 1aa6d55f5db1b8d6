import { DomainError } from '#lib/errors'
import { daysInWords } from '#lib/policies/choices'
import type { EffectivePolicies } from '#lib/policies/effective'
import type { Policies } from '#lib/policies/view'
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
  policies: EffectivePolicies,
  at: { readonly now: Date; readonly countedFrom: Date },
): Lifetime {
  const refuse = (message: string) => new DomainError('over_policy', message, { expiration: message })
  const longest = policies.longestLifetimeDays
  if (choice === undefined) {
    const days = usualLifetimeDays(policies)
    return { expiresAt: endOfLife(at.now, days), lifetimeDays: days }
  }
  if (choice.kind === 'never') {
    if (!allowsForever(policies)) throw refuse(`${noForever(policies)}.`)
    return { expiresAt: null, lifetimeDays: null }
  }
  const expiresAt = choice.kind === 'preset' ? endOfLife(at.now, choice.days) : new Date(choice.at)
  if (expiresAt <= at.now) throw refuse('Choose a day that is still to come.')
  if (longest !== null && expiresAt > endOfLife(at.countedFrom, longest)) throw refuse(longestHere(policies, longest))
  return { expiresAt, lifetimeDays: choice.kind === 'preset' ? choice.days : null }
}

/** What is known of a token's life: it counts from the minting of the current secret, before the first one from creation. */
type Life = { readonly createdAt: Date; readonly mintedAt: Date | null; readonly expiresAt: Date | null }

/** Whether a token lives longer than the policies, as they are now, allow. */
export function outlives({ createdAt, mintedAt, expiresAt }: Life, policies: Policies): boolean {
  if (expiresAt === null) return !allowsForever(policies)
  const longest = policies.longestLifetimeDays
  return longest !== null && expiresAt > endOfLife(mintedAt ?? createdAt, longest)
}

/**
 * Refuses a life that the policies, as they are now, would not allow: for a token that is to work again.
 * @throws DomainError `over_policy`
 */
export function requireWithinPolicy(token: Life, policies: EffectivePolicies): void {
  if (!outlives(token, policies)) return
  const longest = policies.longestLifetimeDays
  if (token.expiresAt === null || longest === null)
    throw new DomainError('over_policy', `${noForever(policies)} any more. Give it an expiration first.`)
  throw new DomainError('over_policy', `${longestHere(policies, longest)} Make a new token in its place.`)
}

function noForever({ setBy }: EffectivePolicies): string {
  const by = setBy.neverExpiringAllowed
  return by === null
    ? 'A token that never expires is not allowed here'
    : `${by} does not allow a token that never expires`
}

function longestHere({ setBy }: EffectivePolicies, days: number): string {
  const by = setBy.longestLifetimeDays
  return `The longest lifetime here is ${daysInWords(days)}${by === null ? '' : `, set by ${by}`}.`
}
