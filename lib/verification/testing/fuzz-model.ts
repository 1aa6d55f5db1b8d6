import type { Place, Reason, Request, TokenFacts } from '#lib/verification/decide'

/** What is judged of a token, as it is handed over. */
export type Judged = {
  readonly facts: TokenFacts
  readonly retiresAt: Date | null
  readonly request: Omit<Request, 'resource'> & { readonly resource: string | null }
  readonly now: Date
}

/** The scopes that occur in generated cases; the last is one of the platform's own. */
export const UNIVERSE = ['data:read', 'reports:read', 'tokens:read', 'tokens:write', 'tokens:verify', 'own:write']
const OF_ROLE = { viewer: 3, member: 3, admin: 4 } as const

/**
 * What the contract says of a case, read off its list of reasons one by one, the first that applies; it shares nothing
 * with the judgement that it is held against, and takes no pains to be quick.
 */
export function modelled(judged: Judged): Reason | { scopes: string[]; resources: string[] | null; place: string } {
  const { facts, retiresAt, request, now } = judged
  const { organization: named, within } = request
  const sees = (place: Place) => within === null || place.path.indexOf(within) >= 0
  const isNamed = named !== 'absent' && named !== 'unknown'
  const seats =
    facts.kind === 'personal' ? facts.memberships.filter((each) => sees(each.place) && !each.place.closed) : []

  if (named === 'unknown') return 'not_found'
  if (isNamed && !sees(named)) return 'not_found'
  if (facts.kind === 'personal' ? seats.length === 0 : !sees(facts.place)) return 'not_found'
  if (retiresAt !== null && !(retiresAt.getTime() > now.getTime())) return 'secret_retired'
  if (facts.revoked || (facts.kind !== 'personal' && facts.place.closed)) return 'revoked'
  if (facts.kind === 'personal' && !isNamed && seats.length >= 2) return 'organization_required'

  const seat = isNamed ? seats.find((each) => each.place.id === named.id) : seats[0]
  if (facts.kind === 'personal' && seat === undefined) return 'not_a_member'
  const owner = facts.kind === 'personal' ? null : facts.place
  // A closed organization is none that a token could reach.
  if (owner !== null && isNamed && (named.closed || !named.path.includes(owner.id))) return 'not_a_member'
  const place = seat?.place ?? (isNamed ? named : owner)
  if (place === null) return 'not_found'

  if (place.suspended) return 'suspended'
  if (facts.kind === 'service' && facts.apiUser.disabled) return 'api_user_disabled'
  if (facts.expiresAt !== null && !(facts.expiresAt > now.getTime())) return 'expired'
  if (facts.ranges !== null && !facts.ranges.some((range) => matches(request.address, range))) return 'ip_not_allowed'

  const scopes = UNIVERSE.filter((scope, at) => {
    const isOwn = at === 5
    if (isOwn && !place.scopesOfTier.includes(scope)) return false
    if (facts.scopes !== null && !facts.scopes.includes(scope)) return false
    if (facts.kind === 'organization') return true
    const role = facts.kind === 'service' ? facts.apiUser.role : (seat?.role ?? 'viewer')
    if (facts.kind === 'service' && !facts.apiUser.scopes.includes(scope)) return false
    if (scope === 'tokens:verify') return facts.kind === 'service' && role === 'admin'
    return isOwn ? role !== 'viewer' : at < OF_ROLE[role]
  })
  if (request.scopes.some((scope) => !scopes.includes(scope))) return 'insufficient_scope'

  // A list of devices is of the token's own organization, or of the membership's: elsewhere it names none.
  const isAtHome = facts.kind !== 'personal' && place.id === facts.place.id
  const lists: string[][] = []
  if (facts.resources !== null) lists.push(isAtHome ? [...facts.resources] : [])
  if (facts.kind === 'service' && facts.apiUser.resources !== null)
    lists.push(isAtHome ? [...facts.apiUser.resources] : [])
  if (seat !== undefined && seat.resources !== null) lists.push([...seat.resources])
  const { resource } = request
  for (const list of lists) if (resource === null || !list.includes(resource)) return 'resource_not_allowed'
  const [first, ...rest] = lists
  const resources = first === undefined ? null : first.filter((each) => rest.every((list) => list.includes(each)))
  return { scopes, resources, place: place.id }
}

type Range = NonNullable<TokenFacts['ranges']>[number]

function matches(address: Uint8Array | null, range: Range): boolean {
  if (address === null || address.length !== range.address.length) return false
  const bits = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return bits(address).slice(0, range.bits) === bits(range.address).slice(0, range.bits)
}
