import type { Role } from '#lib/authorization'
import {
  activeAnswer,
  type Caller,
  findPresented,
  type Presented,
  type Reach,
  recordUse,
  type Verifier,
  whereItWorks,
} from '#lib/verification/verify'

/**
 * Answers `GET /api/v1/me`: what the caller's own token is and may do; null if it is no good. A personal token tells
 * every organization that it works in; where that is not exactly one, `organizationId`, `scope` and `tier` are null.
 * @throws DatabaseUnavailable
 */
export async function describeCaller(verifier: Verifier, caller: Caller): Promise<object | null> {
  const presented = await findPresented(verifier, caller.credential)
  const now = verifier.clock()
  if (typeof presented === 'string') return null
  const reaches = whereItWorks(presented, caller.address, now)
  const [own] = reaches
  if (own === undefined) return null
  recordUse(verifier, presented, now, caller.address, caller.userAgent)
  const { id, slug, name } = own.place
  const described = { ...activeAnswer(presented, own), organization: { id, slug, name } }
  if (presented.facts.kind !== 'personal') return described
  const organizations = reaches.map((reach) => membershipOf(presented, reach))
  if (reaches.length === 1) return { ...described, organizations }
  return { ...described, organizationId: null, scope: null, tier: null, organization: null, organizations }
}

const membershipOf = ({ facts }: Presented, { place, scopes, resources }: Reach) => ({
  id: place.id,
  slug: place.slug,
  name: place.name,
  role: roleIn(facts, place.id),
  scope: scopes.join(' '),
  resources: resources ?? [],
  tier: place.tier,
})

const roleIn = (facts: Presented['facts'], id: string): Role | null =>
  facts.kind === 'personal' ? (facts.memberships.find(({ place }) => place.id === id)?.role ?? null) : null
