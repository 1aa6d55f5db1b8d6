import type { TokenStatus } from '#lib/tokens/view'

/** A token's status, never stored: revoked before expired before active. */
export function statusOf(
  token: { readonly revokedAt: Date | null; readonly expiresAt: Date | null },
  now: Date,
): TokenStatus {
  if (token.revokedAt !== null) return 'revoked'
  return token.expiresAt !== null && token.expiresAt <= now ? 'expired' : 'active'
}
