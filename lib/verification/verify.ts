import type { Address } from '#lib/address'
import type { Clock } from '#lib/clock'
import { parseSecret, type SecretString } from '#lib/tokens/secret'
import { type ActiveAnswer, activeAnswer } from '#lib/verification/answer'
import { decide, type Place, type Reach, type Reason } from '#lib/verification/decide'
import type { KnownPlace } from '#lib/verification/facts-cache'
import type { VerifyInput } from '#lib/verification/input'
import type { LookUps } from '#lib/verification/look-ups'
import { recordCaller, recordRefusedCaller, whereItWorks } from '#lib/verification/own-credential'
import { type Presented, present } from '#lib/verification/presented'
import { recordUse } from '#lib/verification/record-use'
import type { UsageRecorder } from '#lib/verification/usage-recorder'

/** What every verification is given. */
export type Verifier = {
  readonly lookUps: LookUps
  readonly recorder: Pick<UsageRecorder, 'record'>
  /** Accepted prefixes of secrets. */
  readonly prefixes: readonly string[]
  readonly clock: Clock
}

/** Who asks: the credential presented, the peer's own address and user agent, and whether memory will not do. */
export type Caller = {
  readonly credential: SecretString
  /** Of the route that it asks. */
  readonly path: string
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
  const judged = judgeCaller(verifier, credential, caller)
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

type Judged = { readonly presented: Presented; readonly place: Place }

function judgeCaller(
  verifier: Verifier,
  credential: Presented | 'not_found',
  caller: Caller,
): Judged | 'unauthenticated' | 'forbidden' {
  if (typeof credential === 'string') return 'unauthenticated'
  const now = verifier.clock()
  const [own] = whereItWorks(credential, caller, now)
  if (own !== undefined && mayVerify(credential, own)) return { presented: credential, place: own.place }
  recordRefusedCaller(verifier, credential, caller, now)
  return own === undefined ? 'unauthenticated' : 'forbidden'
}

function judge(
  verifier: Verifier,
  caller: Caller,
  { presented: credential, place: own }: Judged,
  input: VerifyInput,
  subject: Presented | 'malformed' | 'not_found',
  place: KnownPlace | 'absent' | null,
): Pick<Verified, 'answer' | 'retiresAt' | 'record'> {
  const now = verifier.clock()
  const record = () => recordCaller(verifier, credential, caller, own, now)
  if (typeof subject === 'string') return { answer: { active: false, reason: subject }, retiresAt: null, record }
  const { retiresAt } = subject.secret
  const verdict = decide(
    subject.facts,
    retiresAt,
    {
      within: own.id,
      organization: place ?? 'unknown',
      scopes: input.scope ?? [],
      resource: input.resource ?? null,
      address: input.ip?.bytes ?? null,
    },
    now,
  )
  const { endpoint, resource, ip: address, userAgent } = input
  return {
    answer: verdict.active ? activeAnswer(subject, verdict) : verdict,
    retiresAt,
    record() {
      record()
      const [outcome, where] = verdict.active ? (['active', verdict.place] as const) : ([verdict.reason, null] as const)
      recordUse(verifier.recorder, subject, outcome, now, { place: where, endpoint, resource, address, userAgent })
    },
  }
}

// A credential narrowed to devices may not ask about everything else.
const mayVerify = ({ facts }: Presented, { scopes, resources }: Reach) =>
  facts.kind !== 'personal' && resources === null && scopes.includes('tokens:verify')
