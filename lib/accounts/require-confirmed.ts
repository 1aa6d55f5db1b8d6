import type { Actor } from '#lib/authorization'
import { DomainError } from '#lib/errors'

const CONFIRMED_FOR_MS = 10 * 60_000

/**
 * Refuses an actor who has not proved who they are within the last 10 minutes. It looks at the time alone, which
 * sign-in, `confirmIdentity` and the way back from the provider set.
 * @throws DomainError `confirmation_required`
 */
export function requireConfirmed({ confirmedAt }: Pick<Actor, 'confirmedAt'>, now: Date): void {
  if (isConfirmed(confirmedAt, now)) return
  throw new DomainError('confirmation_required', 'Confirm that it is you.')
}

/** Whether somebody who proved at that time who they are need not do so again. */
export const isConfirmed = (confirmedAt: Date | null, now: Date): boolean =>
  confirmedAt !== null && now.getTime() - confirmedAt.getTime() < CONFIRMED_FOR_MS
