import type { ActiveAnswer } from '#lib/verification/answer'
import type { Verified } from '#lib/verification/verify'

/** What `POST /api/v1/introspect` tells: RFC 7662, section 2.2; what that has no name for, by verification's own. */
export type Introspection =
  | { readonly active: false }
  | (Omit<ActiveAnswer, 'tokenId' | 'subject' | 'scope' | 'expiresAt' | 'issuedAt'> & {
      readonly token_type: 'Bearer'
      readonly jti: string
      readonly sub: string
      /** Absent where there are none. */
      readonly scope?: string
      /** Seconds since 1970; absent: never. */
      readonly exp?: number
      /** Seconds since 1970. */
      readonly iat: number
    })

/** A verdict in the words of RFC 7662: an inactive token is told nothing of, not even why. */
export function introspection({ answer: told, retiresAt }: Pick<Verified, 'answer' | 'retiresAt'>): Introspection {
  const answer = told()
  if (!answer.active) return { active: false }
  const { active, tokenId, subject, scope, expiresAt, issuedAt, ...ours } = answer
  // Whoever keeps this until then must not outlast the secret itself, which can end before its token.
  const ends = [
    expiresAt === null ? [] : seconds(new Date(expiresAt)),
    retiresAt === null ? [] : seconds(retiresAt),
  ].flat()
  return {
    active,
    token_type: 'Bearer',
    jti: tokenId,
    sub: subject,
    ...(scope !== '' && { scope }),
    ...(ends.length > 0 && { exp: Math.min(...ends) }),
    iat: seconds(new Date(issuedAt)),
    ...ours,
  }
}

const seconds = (at: Date) => Math.floor(at.getTime() / 1_000)
