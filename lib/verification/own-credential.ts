import { decide, NO_RESOURCE, type Place, type Reach, type Request, type Verdict } from '#lib/verification/decide'
import type { Presented } from '#lib/verification/presented'
import { recordUse } from '#lib/verification/record-use'
import type { Caller, Verifier } from '#lib/verification/verify'

/** Everywhere a caller's own credential works now: nowhere if it is no good, in several places only if it is personal. */
export const whereItWorks = (presented: Presented, caller: Caller, now: Date): Reach[] =>
  verdictsOn(presented, caller, now).filter((verdict) => verdict.active)

/** Notes the use of a caller's own credential, in the one place where it works; null: in none, or in several. */
export function recordCaller(
  { recorder }: Verifier,
  presented: Presented,
  caller: Caller,
  place: Place | null,
  now: Date,
): void {
  const { address, userAgent, path: endpoint } = caller
  recordUse(recorder, presented, 'active', now, { place, endpoint, address, userAgent })
}

/** Notes that it was refused, and why: in the first place that a personal one counts in. */
export function recordRefusedCaller({ recorder }: Verifier, presented: Presented, caller: Caller, now: Date): void {
  const [verdict] = verdictsOn(presented, caller, now)
  if (verdict === undefined) return
  const { address, userAgent, path: endpoint } = caller
  const outcome = verdict.active ? 'insufficient_scope' : verdict.reason
  recordUse(recorder, presented, outcome, now, { place: null, endpoint, address, userAgent })
}

const verdictsOn = (presented: Presented, caller: Caller, now: Date): Verdict[] =>
  presented.facts.kind === 'personal'
    ? presented.facts.memberships.map(({ place }) => verdictOn(presented, caller, place, now))
    : [verdictOn(presented, caller, 'absent', now)]

function verdictOn(
  { facts, secret }: Presented,
  { address }: Caller,
  organization: Place | 'absent',
  now: Date,
): Verdict {
  const bytes = address?.bytes ?? null
  const asked: Request = { within: null, organization, scopes: NONE, resource: NO_RESOURCE, address: bytes }
  return decide(facts, secret.retiresAt, asked, now)
}

const NONE: readonly string[] = []
