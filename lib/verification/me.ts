import { activeAnswer, describeNarrowing, describeReach, describeToken, type MeAnswer } from '#lib/verification/answer'
import type { Reach } from '#lib/verification/decide'
import { recordRefusedCaller, whereItWorks } from '#lib/verification/own-credential'
import { findPresented, type Presented } from '#lib/verification/presented'
import { type Denial, denialOf, type Question } from '#lib/verification/question'
import { recordUse } from '#lib/verification/record-use'
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
): Promise<(Pick<Verified, 'holds' | 'record'> & { readonly answer: MeAnswer | Denial }) | null> {
  const { lookUps } = verifier
  const presented = await findPresented(verifier, caller.credential, caller)
  if (typeof presented === 'string') return null
  const now = verifier.clock()
  const [own, ...others] = whereItWorks(presented, caller, now)
  if (own === undefined) {
    recordRefusedCaller(verifier, presented, caller, now)
    return null
  }
  // Only whoever is known may have organizations looked for.
  const { organization, endpoint = caller.path, resource } = question ?? {}
  const place = organization === undefined ? 'absent' : await lookUps.place(organization, caller)
  const denial = question && denialOf(presented, caller, question, place ?? 'unknown', now)
  const named = place === 'absent' ? null : place
  const where = named ?? (others.length === 0 ? own.place : null)
  const used = { endpoint, resource, address: caller.address, userAgent: caller.userAgent }
  return {
    answer: denial ?? describe(presented, [own, ...others]),
    holds: () => lookUps.areCurrent(presented.known, null, named),
    record: () =>
      denial === null
        ? recordUse(verifier.recorder, presented, 'active', now, { ...used, place: where })
        : recordUse(verifier.recorder, presented, denial, now, { ...used, place: null }),
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
