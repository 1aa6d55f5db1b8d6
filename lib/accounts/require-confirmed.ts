import type { Actor } from '#lib/authorization'
import { DomainError } from '#lib/errors'

const CONFIRMED_FOR_MS = 10 * 60_000

/**
 * Refuses an actor who has not proved who they are within the last 10 minutes. It looks at the time alone, which
 * sign-in, `confirmIdentity` and the way back from the provider set.
 * @throws DomainError `confirmation_required`
 */
export function requireConfirmed({ confirmedAt }: Pick<Actor, 'confirmedAt'>, now: Date): void {
  if (confirmedAt !== null && now.getTime() - confirmedAt.getTime() < CONFIRMED_FOR_MS) return
  throw new DomainError('confirmation_required', 'Confirm that it is you.')
}
