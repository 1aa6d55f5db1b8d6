import type { Address } from '#lib/address'
import type { Clock } from '#lib/clock'
import { parseSecret, type SecretString } from '#lib/tokens/secret'
import { type ActiveAnswer, activeAnswer } from '#lib/verification/answer'
import { decide, NO_RESOURCE, type Place, type Reach, type Reason } from '#lib/verification/decide'
import type { KnownPlace } from '#lib/verification/facts-cache'
import type { VerifyInput } from '#lib/verification/input'
import type { LookUps } from '#lib/verification/look-ups'
import { type Presented, present } from '#lib/verification/presented'
import { recordUse } from '#lib/verification/record-use'
import type { UsageRecorder } from '#lib/verification/usage-recorder'

/** What every verification is given. */
export type Verifier = {
  readonly lookUps: LookUps
  readonly recorder: UsageRecorder
  /** Accepted prefixes of secrets. */
  readonly prefixes: readonly string[]
  readonly clock: Clock
}

/** Who asks: the credential presented, the peer's own address and user agent, and whether memory will not do. */
export type Caller = {
  readonly credential: SecretString
  readonly address: Address | null
  readonly userAgent: string | undefined
  readonly anew: boolean
}

export type Answer = ActiveAnswer | { readonly active: false; readonly reason: Reason }

/** A verdict, to be told at once. */
export type Verified = {
  /** null: nothing was asked of a token that could be judged. */
  readonly answer: Answer | null
  /** When the secret presented retires, whatever its token does; null: it does not. */
  readonly retiresAt: Date | null
  /** Whether it may be told at this instant: asked right before it is. */
  readonly holds: () => boolean
  /** Notes what was used: once it has been told. */
  readonly record: () => void
}

/**
 * Answers `POST /api/v1/verify` for a caller: the credential is judged first, and nothing else is said if it is no good
 * or may not verify. `input` null: the body was not understood, so only the caller is judged.
 * @throws DatabaseUnavailable, TooManyLookUps
 */
export async function verify(
  verifier: Verifier,
  caller: Caller,
  input: VerifyInput | null,
): Promise<'unauthenticated' | 'forbidden' | Verified> {
  const { lookUps, prefixes } = verifier
  // Whoever presents no secret at all costs no look-up.
  const own = parseSecret(caller.credential, prefixes)
  if (own === null) return 'unauthenticated'
  const knownCaller = lookUps.token(own.id, caller)
  const credential = present(knownCaller instanceof Promise ? await knownCaller : knownCaller, caller.credential)
  const judged = judgeCaller(credential, caller, verifier.clock())
  if (typeof judged === 'string') return judged
  if (input === null) return { answer: null, retiresAt: null, holds: () => true, record: () => {} }
  const asked = parseSecret(input.token, prefixes)
  const knownSubject = asked && lookUps.token(asked.id, caller)
  const knownPlace = input.organization === undefined ? ('absent' as const) : lookUps.place(input.organization, caller)
  // Without waiting nothing can change meanwhile.
  const [known, place] =
    knownSubject instanceof Promise || knownPlace instanceof Promise
      ? await Promise.all([knownSubject, knownPlace])
      : [knownSubject, knownPlace]
  const subject = asked === null ? 'malformed' : present(known, input.token)
  const used = [judged.presented.known, ...(typeof subject === 'string' ? [] : [subject.known])]
  const holds = () => lookUps.areCurrent(used, place === 'absent' ? null : place)
  return { ...judge(verifier, caller, judged, input, subject, place), holds }
}

type Judged = { readonly presented: Presented; readonly within: string }

function judgeCaller(
  credential: Presented | 'not_found',
  caller: Caller,
  now: Date,
): Judged | 'unauthenticated' | 'forbidden' {
  if (typeof credential === 'string') return 'unauthenticated'
  const [own] = whereItWorks(credential, caller.address, now)
  if (own === undefined) return 'unauthenticated'
  return mayVerify(credential, own) ? { presented: credential, within: own.place.id } : 'forbidden'
}

function judge(
  verifier: Verifier,
  caller: Caller,
  { presented: credential, within }: Judged,
  input: VerifyInput,
  subject: Presented | 'malformed' | 'not_found',
  place: KnownPlace | 'absent' | null,
): Pick<Verified, 'answer' | 'retiresAt' | 'record'> {
  const now = verifier.clock()
  const recordCaller = () => recordUse(verifier.recorder, credential, now, caller.address, caller.userAgent)
  if (typeof subject === 'string')
    return { answer: { active: false, reason: subject }, retiresAt: null, record: recordCaller }
  const { retiresAt } = subject.secret
  const verdict = decide(
    subject.facts,
    retiresAt,
    {
      within,
      organization: place ?? 'unknown',
      scopes: input.scope ?? [],
      resource: input.resource ?? null,
      address: input.ip?.bytes ?? null,
    },
    now,
  )
  if (!verdict.active) return { answer: verdict, retiresAt, record: recordCaller }
  const record = () => {
    recordCaller()
    recordUse(verifier.recorder, subject, now, input.ip ?? null, input.userAgent)
  }
  return { answer: activeAnswer(subject, verdict), retiresAt, record }
}

/** Everywhere a caller's own credential works now: nowhere if it is no good, in several places only if it is personal. */
export function whereItWorks({ facts, secret }: Presented, address: Address | null, now: Date): Reach[] {
  const asked = { within: null, scopes: [], resource: NO_RESOURCE, address: address?.bytes ?? null } as const
  const at = (organization: Place | 'absent') => {
    const verdict = decide(facts, secret.retiresAt, { ...asked, organization }, now)
    return verdict.active ? [verdict] : []
  }
  return facts.kind === 'personal' ? facts.memberships.flatMap(({ place }) => at(place)) : at('absent')
}

// A credential narrowed to devices may not ask about everything else.
const mayVerify = ({ facts }: Presented, { scopes, resources }: Reach) =>
  facts.kind !== 'personal' && resources === null && scopes.includes('tokens:verify')
