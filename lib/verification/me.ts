import { activeAnswer, describeNarrowing, describeReach, describeToken, type MeAnswer } from '#lib/verification/answer'
import type { Reach } from '#lib/verification/decide'
import { type Caller, findPresented, recordUse, type Verifier, whereItWorks } from '#lib/verification/verify'

/**
 * Answers `GET /api/v1/me`: what the caller's own token is and may do; null if it is no good.
 * @throws DatabaseUnavailable
 */
export async function describeCaller(verifier: Verifier, caller: Caller): Promise<MeAnswer | null> {
  const presented = await findPresented(verifier, caller.credential)
  const now = verifier.clock()
  if (typeof presented === 'string') return null
  const reaches = whereItWorks(presented, caller.address, now)
  const [own] = reaches
  if (own === undefined) return null
  recordUse(verifier, presented, now, caller.address, caller.userAgent)
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
