import { DomainError } from '#lib/errors'
import { statusOf } from '#lib/tokens/status'

/**
 * Refuses what only an active token allows.
 * @throws DomainError `not_active`, `expired`
 */
export function requireActive(
  token: { readonly revokedAt: Date | null; readonly expiresAt: Date | null },
  now: Date,
): void {
  const status = statusOf(token, now)
  if (status === 'revoked') throw new DomainError('not_active', 'This token is revoked. Restore it first.')
  if (status === 'expired') throw new DomainError('expired', 'This token is expired. Give it a later expiration first.')
}
