import type { Role } from '#lib/authorization'
import { inRange, type parseRange } from '#lib/network'
import { effectiveScopes } from '#lib/scopes/effective'
import type { Moment } from '#lib/verification/moment'

/** Why a secret is not good, in the order in which it is judged. The first two are said before there are facts. */
export type Reason =
  | 'malformed'
  | 'not_found'
  | 'secret_retired'
  | 'revoked'
  | 'organization_required'
  | 'not_a_member'
  | 'suspended'
  | 'api_user_disabled'
  | 'expired'
  | 'ip_not_allowed'
  | 'insufficient_scope'
  | 'resource_not_allowed'

/** An organization as verification sees it. */
export type Place = {
  readonly id: string
  readonly slug: string
  readonly name: string
  /** From the platform to itself. */
  readonly path: readonly string[]
  /** Itself or an ancestor. */
  readonly suspended: boolean
  /** Itself or an ancestor. */
  readonly closed: boolean
  /** Name of the effective tier; null: the platform. */
  readonly tier: string | null
  /** The platform's own scopes that this tier has. */
  readonly scopesOfTier: readonly string[]
  /** Where it is kept in memory: whether it has changed since. Nothing is to be judged by one that has. */
  readonly isStale?: boolean
  /** Where it is kept in memory: when it was read last. */
  readonly askedAt?: Moment
}

/** All that is known of a token, whoever asks and whatever for: facts, never a verdict. */
export type TokenFacts = {
  readonly id: string
  readonly name: string
  /** Whom it stands for: the id of a user, an organization or an API user. */
  readonly subject: string
  /** Resources of its own organization that it is itself narrowed to, `device:<id>`; null: not narrowed. */
  readonly resources: readonly string[] | null
  /** Address ranges that it is narrowed to; null: not narrowed. */
  readonly ranges: readonly NonNullable<ReturnType<typeof parseRange>>[] | null
  /** Milliseconds since 1970, since a Date takes as much memory as all the rest; null: never. */
  readonly expiresAt: number | null
  /** Itself; whatever stands bound to a closed organization counts as revoked too. */
  readonly revoked: boolean
} & (
  | { readonly kind: 'organization'; readonly scopes: readonly string[]; readonly place: Place }
  | {
      readonly kind: 'service'
      readonly scopes: readonly string[]
      readonly place: Place
      readonly apiUser: {
        readonly role: Role
        readonly scopes: readonly string[]
        /** As the token's own. */
        readonly resources: readonly string[] | null
        readonly disabled: boolean
      }
    }
  | {
      readonly kind: 'personal'
      /** null: whatever its owner has. */
      readonly scopes: readonly string[] | null
      /** Where its owner is a member. */
      readonly memberships: readonly {
        readonly place: Place
        readonly role: Role
        /** Of that organization; as the token's own. */
        readonly resources: readonly string[] | null
      }[]
    }
)

/** A resource for requests that touch none of the platform's. */
export const NO_RESOURCE = Symbol('no resource')

/** What a token is presented for. */
export type Request = {
  /** The organization at or below which the token must be; null where the token itself is who asks. */
  readonly within: string | null
  /** The organization named; `absent`: none, `unknown`: there is no such. */
  readonly organization: Place | 'absent' | 'unknown'
  /** All of them are needed. */
  readonly scopes: readonly string[]
  /** null: not said, which a narrowed token doesn't bear. */
  readonly resource: string | null | typeof NO_RESOURCE
  /** null: not said, which a narrowed token doesn't bear. */
  readonly address: Uint8Array | null
}

export type Verdict =
  | {
      readonly active: true
      /** Where it counts. */
      readonly place: Place
      /** What it may do there. */
      readonly scopes: readonly string[]
      /** What of that organization it may do that with; null: everything there; empty: nothing. */
      readonly resources: readonly string[] | null
    }
  | { readonly active: false; readonly reason: Reason }

/** Where a token works, what it may do there, and with what; `resources` null: with everything. */
export type Reach = Extract<Verdict, { active: true }>

const inactive = (reason: Reason) => ({ active: false, reason }) as const

/**
 * Judges a token for a request at an instant. Every condition must be shown to hold: what can't be told is inactive.
 * It does not check that the secret presented is the token's; `retiresAt` is of that secret, null for the current one.
 */
export function decide(facts: TokenFacts, retiresAt: Date | null, request: Request, now: Date): Verdict {
  const reached = reach(facts, request)
  if (reached === 'not_found') return inactive('not_found')
  if (!isAhead(retiresAt?.getTime() ?? null, now)) return inactive('secret_retired')
  if (facts.revoked || (facts.kind !== 'personal' && facts.place.closed)) return inactive('revoked')
  if (typeof reached === 'string') return inactive(reached)
  if (reached.place.suspended) return inactive('suspended')
  if (facts.kind === 'service' && facts.apiUser.disabled) return inactive('api_user_disabled')
  if (!isAhead(facts.expiresAt, now)) return inactive('expired')
  if (!allowsAddress(facts, request.address)) return inactive('ip_not_allowed')
  if (!request.scopes.every((scope) => reached.scopes.includes(scope))) return inactive('insufficient_scope')
  if (!allowsResource(reached, request.resource)) return inactive('resource_not_allowed')
  return { active: true, ...reached }
}

/** null: not narrowed; empty: narrowed to nothing. */
type Resources = readonly string[] | null

type Reached = {
  readonly place: Place
  readonly scopes: readonly string[]
  readonly resources: Resources
}

function reach(facts: TokenFacts, request: Request): Reached | 'not_found' | 'organization_required' | 'not_a_member' {
  const { organization, within } = request
  if (organization === 'unknown' || (organization !== 'absent' && !isWithin(organization, within))) return 'not_found'
  if (facts.kind === 'personal') {
    const counting = facts.memberships.filter(({ place }) => !place.closed && isWithin(place, within))
    const [first] = counting
    if (first === undefined) return 'not_found'
    if (organization === 'absent' && counting.length > 1) return 'organization_required'
    const chosen = organization === 'absent' ? first : counting.find(({ place }) => place.id === organization.id)
    if (chosen === undefined) return 'not_a_member'
    const { place, role, resources } = chosen
    return {
      place,
      scopes: effectiveScopes({ kind: 'personal', stored: facts.scopes, role }, place.scopesOfTier),
      resources: narrowed(elsewhere(facts.resources), resources),
    }
  }
  if (!isWithin(facts.place, within)) return 'not_found'
  const place = organization === 'absent' ? facts.place : organization
  if (place !== facts.place && (place.closed || !isWithin(place, facts.place.id))) return 'not_a_member'
  const { kind, scopes: stored } = facts
  // A tier below never has more than one above it, so where it counts is where it is bound.
  const here = place.id === facts.place.id ? (resources: Resources) => resources : elsewhere
  if (kind === 'organization')
    return { place, scopes: effectiveScopes({ kind, stored }, place.scopesOfTier), resources: here(facts.resources) }
  const { apiUser } = facts
  return {
    place,
    scopes: effectiveScopes({ kind, stored, apiUser }, place.scopesOfTier),
    resources: here(narrowed(facts.resources, apiUser.resources)),
  }
}

// Devices are registered per organization, so a list of them names none of another's, whatever their ids: there it is
// narrowed to nothing. A personal token's own would be of no organization at all.
const elsewhere = (resources: Resources): Resources => (resources === null ? null : [])

const isWithin = (place: Place, ancestor: string | null) => ancestor === null || place.path.includes(ancestor)

// An invalid date is neither before nor after: it must not count as ahead.
const isAhead = (end: number | null, now: Date) => end === null || end > now.getTime()

const allowsAddress = ({ ranges }: TokenFacts, address: Request['address']) =>
  ranges === null || (address !== null && ranges.some((range) => inRange(address, range)))

// What both allow; null allows everything.
const narrowed = (own: Resources, owners: Resources): Resources =>
  own === null ? owners : owners === null ? own : own.filter((each) => owners.includes(each))

const allowsResource = ({ resources }: Reached, resource: Request['resource']) =>
  resources === null || resource === NO_RESOURCE || (resource !== null && resources.includes(resource))
