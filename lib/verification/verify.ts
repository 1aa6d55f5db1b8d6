import type { Address } from '#lib/address'
import type { Clock } from '#lib/clock'
import type { SecretString } from '#lib/tokens/secret'
import { type ActiveAnswer, activeAnswer } from '#lib/verification/answer'
import { decide, type Place, type Reach, type Reason } from '#lib/verification/decide'
import type { KnownPlace } from '#lib/verification/facts-cache'
import type { VerifyInput } from '#lib/verification/input'
import type { LookUps } from '#lib/verification/look-ups'
import { recordCaller, recordRefusedCaller, whereItWorks } from '#lib/verification/own-credential'
import { findPresented, type Presented, presentRemembered } from '#lib/verification/presented'
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
  /** `active`, or why not; null: nothing was asked of a token that could be judged. */
  readonly verdict: 'active' | Reason | null
  readonly answer: () => Answer
  /** The same as JSON. */
  readonly text: () => string
  /** When the secret presented retires, whatever its token does; null: it does not. */
  readonly retiresAt: Date | null
  /** Whether it may be told at this instant: asked right before it is. */
  readonly holds: () => boolean
  /** Notes what was used: once it has been told. */
  readonly record: () => void
}

type Outcome = 'unauthenticated' | 'forbidden' | Verified

/**
 * Answers `POST /api/v1/verify` for a caller: the credential is judged first, and nothing else is said if it is no good
 * or may not verify. `input` null: the body was not understood, so only the caller is judged.
 * @throws DatabaseUnavailable, TooManyLookUps
 */
export function verify(verifier: Verifier, caller: Caller, input: VerifyInput | null): Outcome | Promise<Outcome> {
  // Nearly always all of it is in memory, and then nothing is waited for.
  const { lookUps } = verifier
  if (input === null || !lookUps.mayRemember(caller)) return lookUpAndVerify(verifier, caller, input)
  const credential = presentRemembered(verifier, caller.credential)
  const subject = credential && presentRemembered(verifier, input.token)
  const place = input.organization === undefined ? 'absent' : lookUps.rememberedPlace(input.organization)
  if (credential === null || subject === null || place === null) return lookUpAndVerify(verifier, caller, input)
  const judged = judgeCaller(verifier, credential, caller)
  return typeof judged === 'string' ? judged : judge(verifier, caller, judged, input, subject, place)
}

async function lookUpAndVerify(verifier: Verifier, caller: Caller, input: VerifyInput | null): Promise<Outcome> {
  const credential = await findPresented(verifier, caller.credential, caller)
  const judged = judgeCaller(verifier, credential, caller)
  if (typeof judged === 'string') return judged
  if (input === null) return NOTHING_ASKED
  const [subject, place] = await Promise.all([
    findPresented(verifier, input.token, caller),
    input.organization === undefined ? ('absent' as const) : verifier.lookUps.place(input.organization, caller),
  ])
  return judge(verifier, caller, judged, input, subject, place)
}

type Judged = { readonly presented: Presented; readonly place: Place }

function judgeCaller(
  verifier: Verifier,
  credential: Presented | 'malformed' | 'not_found',
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
): Verified {
  const { lookUps, recorder } = verifier
  const now = verifier.clock()
  const named = place === 'absent' ? null : place
  const noteCaller = () => recordCaller(verifier, credential, caller, own, now)
  if (typeof subject === 'string') {
    const answer = { active: false, reason: subject } as const
    return {
      verdict: subject,
      answer: () => answer,
      text: () => JSON.stringify(answer),
      retiresAt: null,
      holds: () => lookUps.areCurrent(credential.known, null, named),
      record: noteCaller,
    }
  }
  const { retiresAt } = subject.secret
  const { endpoint, resource, ip: address, userAgent } = input
  const verdict = decide(
    subject.facts,
    retiresAt,
    {
      within: own.id,
      organization: place ?? 'unknown',
      scopes: input.scope ?? NONE,
      resource: resource ?? null,
      address: address?.bytes ?? null,
    },
    now,
  )
  const answer = () => (verdict.active ? activeAnswer(subject, verdict) : verdict)
  return {
    verdict: verdict.active ? 'active' : verdict.reason,
    answer,
    text: () => JSON.stringify(answer()),
    retiresAt,
    holds: () => lookUps.areCurrent(credential.known, subject.known, named),
    record() {
      noteCaller()
      const where = verdict.active ? verdict.place : null
      const outcome = verdict.active ? 'active' : verdict.reason
      recordUse(recorder, subject, outcome, now, { place: where, endpoint, resource, address, userAgent })
    },
  }
}

const NONE: readonly string[] = []

const NOTHING_ASKED: Verified = {
  verdict: null,
  answer: () => ({ active: false, reason: 'malformed' }),
  text: () => '',
  retiresAt: null,
  holds: () => true,
  record: () => {},
}

// A credential narrowed to devices may not ask about everything else.
const mayVerify = ({ facts }: Presented, { scopes, resources }: Reach) =>
  facts.kind !== 'personal' && resources === null && scopes.includes('tokens:verify')
