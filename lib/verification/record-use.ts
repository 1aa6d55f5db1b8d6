import type { Address } from '#lib/address'
import type { Place, Reason } from '#lib/verification/decide'
import type { Presented } from '#lib/verification/presented'
import type { UsageRecorder } from '#lib/verification/usage-recorder'

/** What a token was used for, where it counts, and from where. */
type Used = {
  /** null: nowhere, or that is not known. */
  readonly place: Place | null
  readonly endpoint: string | undefined
  readonly resource?: string | undefined
  readonly address: Address | null | undefined
  readonly userAgent: string | undefined
}

/** Notes that a token was presented, and what was said of it. */
export function recordUse(
  recorder: Pick<UsageRecorder, 'record'>,
  { facts, secret }: Presented,
  outcome: 'active' | Reason,
  at: Date,
  used: Used,
): void {
  // Nothing is said of such a token, and nothing kept.
  if (outcome === 'malformed' || outcome === 'not_found') return
  recorder.record({
    tokenId: facts.id,
    organizationId: facts.kind === 'personal' ? (used.place?.id ?? null) : (used.place ?? facts.place).id,
    outcome,
    at: at.getTime(),
    endpoint: used.endpoint ?? null,
    resource: used.resource ?? null,
    ip: used.address?.text ?? null,
    userAgent: used.userAgent ?? null,
    opened: secret.revealOpen ? Buffer.from(secret.digest, 'latin1') : null,
  })
}
