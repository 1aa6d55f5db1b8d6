import { activeAnswer, describeNarrowing, describeReach, describeToken, type MeAnswer } from '#lib/verification/answer'
import type { Reach } from '#lib/verification/decide'
import { recordCaller, recordRefusedCaller, whereItWorks } from '#lib/verification/own-credential'
import { findPresented, type Presented } from '#lib/verification/presented'
import { type Denial, denialOf, type Question } from '#lib/verification/question'
import type { Caller, Verified, Verifier } from '#lib/verification/verify'

/**
 * Answers `GET /api/v1/me`: what the caller's own token is and may do; null if it is no good, why it is denied if it is
 * good and not for what is asked of it. `question` null: nothing in particular.
 * @throws DatabaseUnavailable, TooManyLookUps
 */
export async function describeCaller(
  verifier: Verifier,
  caller: Caller,
  question: Question | null,
): Promise<(Pick<Verified, 'holds' | 'record'> & { readonly answer: MeAnswer }) | Denial | null> {
  const { lookUps } = verifier
  const { organization } = question ?? {}
  const [presented, place] = await Promise.all([
    findPresented(verifier, caller.credential, caller),
    organization === undefined ? ('absent' as const) : lookUps.place(organization, caller),
  ])
  if (typeof presented === 'string') return null
  const now = verifier.clock()
  const [own, ...others] = whereItWorks(presented, caller, now)
  if (own === undefined) {
    recordRefusedCaller(verifier, presented, caller, now)
    return null
  }
  const denial = question && denialOf(presented, caller, question, place ?? 'unknown', now)
  if (denial !== null) return denial
  return {
    answer: describe(presented, [own, ...others]),
    holds: () => lookUps.areCurrent(presented.known, null, place === 'absent' ? null : place),
    record: () => recordCaller(verifier, presented, caller, others.length === 0 ? own.place : null, now),
  }
}

function describe(presented: Presented, reaches: readonly [Reach, ...Reach[]]): MeAnswer {
  const [own] = reaches
  const { facts } = presented
  const { kind } = facts
  if (kind !== 'personal')
    return { ...activeAnswer(presented, own), ...describeNarrowing(own), kind, organization: nameOf(own) }
  const organizations = reaches.flatMap((reach) => {
    const role = facts.memberships.find(({ place }) => place.id === reach.place.id)?.role
    return role === undefined ? [] : [{ ...nameOf(reach), role, ...describeReach(reach), ...describeNarrowing(reach) }]
  })
  if (reaches.length > 1) return { ...describeToken(presented), kind, organizations }
  return { ...activeAnswer(presented, own), ...describeNarrowing(own), kind, organization: nameOf(own), organizations }
}

const nameOf = ({ place: { id, slug, name } }: Reach) => ({ id, slug, name })
