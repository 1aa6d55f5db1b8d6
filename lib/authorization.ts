/** "Who may do what" as data: a column for each role of a member, and one for an admin of any organization above. */
const MATRIX = {
  'tokens.see': { viewer: true, member: true, admin: true, above: true },
  'tokens.reveal': { viewer: false, member: true, admin: true, above: 'never' },
  'tokens.manage': { viewer: false, member: false, admin: true, above: true },
  'apiUsers.see': { viewer: false, member: false, admin: true, above: true },
  'apiUsers.manage': { viewer: false, member: false, admin: true, above: true },
  'devices.see': { viewer: false, member: false, admin: true, above: true },
  'devices.manage': { viewer: false, member: false, admin: true, above: true },
  'members.see': { viewer: false, member: false, admin: true, above: true },
  // On the organization's own behalf, and so to approve: whoever stands above speaks for no one below.
  'members.invite': { viewer: false, member: false, admin: true, above: 'never' },
  'members.inviteFirstAdmin': { viewer: false, member: false, admin: true, above: true },
  'members.change': { viewer: false, member: false, admin: true, above: false },
  'members.remove': { viewer: false, member: false, admin: true, above: true },
  'customers.see': { viewer: false, member: false, admin: true, above: true },
  'customers.manage': { viewer: false, member: false, admin: true, above: true },
  'policies.tighten': { viewer: false, member: false, admin: true, above: true },
  'policies.loosen': { viewer: false, member: false, admin: false, above: true },
  'organization.edit': { viewer: false, member: false, admin: true, above: true },
  'audit.read': { viewer: false, member: false, admin: true, above: true },
  'ceilings.manage': { viewer: false, member: false, admin: 'platform', above: false },
  'tiers.manage': { viewer: false, member: false, admin: 'platform', above: false },
  'scopes.manage': { viewer: false, member: false, admin: 'platform', above: false },
  'verifiers.see': { viewer: false, member: false, admin: 'platform', above: false },
  'limits.override': { viewer: false, member: false, admin: 'platform', above: 'platform' },
  'personalTokens.revoke': { viewer: false, member: false, admin: 'platform', above: 'platform' },
} as const satisfies Record<string, Record<Role | 'above', boolean | 'never' | 'platform'>>

export type Permission = keyof typeof MATRIX
export type Role = 'admin' | 'member' | 'viewer'

/** Who acts: a signed-in person with what they are a member of at this request, and where the request came from. */
export type Actor = {
  readonly userId: string
  readonly email: string
  readonly memberships: readonly { readonly organizationId: string; readonly role: Role }[]
  readonly ip: string | null
  readonly userAgent: string | null
  /** When they last proved who they are; null: not in this session. */
  readonly confirmedAt: Date | null
}

/** Where a token that acts works: what it may do there, and with what. */
type TokenReach = {
  readonly organizationId: string
  readonly scopes: readonly string[]
  /** Devices of that organization; null: it is not narrowed. */
  readonly devices: readonly string[] | null
}

/** A token that acts through the HTTP API. */
export type ActingToken = {
  readonly id: string
  /** The organization that it is bound to, below which it acts as an admin above; null: it is personal. */
  readonly boundTo: string | null
  readonly reaches: readonly TokenReach[]
}

/**
 * Who acts: a person, or a token that somebody presented. A token stands for a person where it is personal, and only
 * then has `userId`; `email` is what the trail calls it. It never confirmed who it is: `confirmedAt` is null.
 */
export type AnyActor = Omit<Actor, 'userId'> & { readonly userId: string | null; readonly token?: ActingToken }

/** As what an organization token acts where it is bound. */
export const roleOf = (scopes: readonly string[] | null): Role =>
  scopes?.includes('tokens:write') === true ? 'admin' : 'viewer'

/** The place in the tree that is acted on; `path` runs from the platform to the organization itself. */
export type Place = { readonly id: string; readonly path: readonly string[]; readonly closed: boolean }

type Standing = Pick<AnyActor, 'memberships' | 'token'>

/** How the actor stands to the organization: their role in it, and whether they are admin of one above it. */
export function standing(actor: Standing, place: Place) {
  const above = place.path.slice(0, -1)
  const role = actor.memberships.find((membership) => membership.organizationId === place.id)?.role ?? null
  return {
    role: place.closed ? null : role,
    adminAbove: above.some((id) => adminFor(actor, id)),
    platformAdmin: adminOf(actor, place.path[0]),
  }
}

/**
 * The organization above on whose behalf the actor acts there: the nearest that they are admin of; null where they are
 * an admin of it themselves.
 */
export function actsFrom(actor: Standing, place: Place): string | null {
  return standing(actor, place).role === 'admin' ? null : nearestAbove(actor, place)
}

/** The nearest organization above that the actor is admin of; null where there is none. */
export const nearestAbove = (actor: Standing, { path }: Place): string | null =>
  path.slice(0, -1).findLast((id) => adminFor(actor, id)) ?? null

// For what stands below an organization its own tokens count as its admins; their scopes narrow them.
const adminFor = (actor: Standing, organizationId: string) =>
  adminOf(actor, organizationId) || actor.token?.boundTo === organizationId

const adminOf = (actor: Standing, organizationId: string | undefined) =>
  actor.memberships.some((membership) => membership.organizationId === organizationId && membership.role === 'admin')

const READ = ['tokens:read', 'tokens:write']
const WRITE = ['tokens:write']

/** What a token may do at all, and the scopes of which it takes one beside its role; null: any will do. */
const OF_TOKENS: Partial<Record<Permission, readonly string[] | null>> = {
  'tokens.see': null,
  'tokens.reveal': WRITE,
  'tokens.manage': WRITE,
  'apiUsers.see': READ,
  'apiUsers.manage': WRITE,
  'devices.see': READ,
  'devices.manage': WRITE,
  'members.see': READ,
  'members.invite': WRITE,
  'members.inviteFirstAdmin': WRITE,
  'members.change': WRITE,
  'members.remove': WRITE,
  'customers.see': READ,
  'customers.manage': WRITE,
  'organization.edit': WRITE,
}

/** The reaches of a token that count there: of that organization, and of those above it. */
export const reachesAt = ({ reaches }: ActingToken, { path }: Pick<Place, 'path'>) =>
  reaches.filter(({ organizationId }) => path.includes(organizationId))

function tokenMay(token: ActingToken, permission: Permission, place: Place): boolean {
  const wanted = OF_TOKENS[permission]
  if (wanted === undefined) return false
  return wanted === null || reachesAt(token, place).some(({ scopes }) => scopes.some((scope) => wanted.includes(scope)))
}

/**
 * Whether the actor may do that there. It looks at roles alone: not at suspension, tier, policy or what a token is,
 * which the verbs judge; and at memberships as the actor was loaded with them. A token's scopes are looked at beside its role.
 */
export function can(actor: Standing, permission: Permission, place: Place): boolean {
  if (actor.token !== undefined && !tokenMay(actor.token, permission, place)) return false
  const { role, adminAbove, platformAdmin } = standing(actor, place)
  const row = MATRIX[permission]
  if (place.closed) return adminAbove && (permission === 'tokens.see' || permission === 'audit.read')
  if (adminAbove && row.above === 'never') return false
  const granted = (grant: boolean | 'never' | 'platform') => grant === true || (grant === 'platform' && platformAdmin)
  return (role !== null && granted(row[role])) || (adminAbove && granted(row.above))
}
