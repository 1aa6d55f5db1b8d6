import type { Address } from '#lib/address'
import type { Presented } from '#lib/verification/presented'
import type { UsageRecorder } from '#lib/verification/usage-recorder'

/** Notes the use of a token that was found good. */
export function recordUse(
  recorder: UsageRecorder,
  { facts, secret }: Presented,
  at: Date,
  address: Address | null,
  userAgent: string | undefined,
): void {
  recorder.record({
    tokenId: facts.id,
    at,
    ip: address?.text ?? null,
    userAgent: userAgent === undefined ? null : printable(userAgent),
    opened: secret.revealOpen ? Buffer.from(secret.digest, 'latin1') : null,
  })
}

/** A user agent as it is kept: PostgreSQL keeps no NUL and no half of a pair; people read no controls. */
export const printable = (text: string) =>
  text
    .slice(0, 256)
    .replace(/\p{Cc}/gu, ' ')
    .toWellFormed()
