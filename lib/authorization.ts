/** "Who may do what" as data: a column for each role of a member, and one for an admin of any organization above. */
const MATRIX = {
  'tokens.see': { viewer: true, member: true, admin: true, above: true },
  'tokens.reveal': { viewer: false, member: true, admin: true, above: 'never' },
  'tokens.manage': { viewer: false, member: false, admin: true, above: true },
  'apiUsers.manage': { viewer: false, member: false, admin: true, above: true },
  'devices.manage': { viewer: false, member: false, admin: true, above: true },
  // On the organization's own behalf, and so to approve: whoever stands above speaks for no one below.
  'members.invite': { viewer: false, member: false, admin: true, above: 'never' },
  'members.inviteFirstAdmin': { viewer: false, member: false, admin: true, above: true },
  'members.change': { viewer: false, member: false, admin: true, above: false },
  'members.remove': { viewer: false, member: false, admin: true, above: true },
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

/** The place in the tree that is acted on; `path` runs from the platform to the organization itself. */
export type Place = { readonly id: string; readonly path: readonly string[]; readonly closed: boolean }

/** How the actor stands to the organization: their role in it, and whether they are admin of one above it. */
export function standing(actor: Pick<Actor, 'memberships'>, place: Place) {
  const above = place.path.slice(0, -1)
  const role = actor.memberships.find((membership) => membership.organizationId === place.id)?.role ?? null
  const adminAbove = actor.memberships.filter(
    (membership) => membership.role === 'admin' && above.includes(membership.organizationId),
  )
  return {
    role: place.closed ? null : role,
    adminAbove: adminAbove.length > 0,
    platformAdmin: adminOf(actor, place.path[0]),
  }
}

/**
 * The organization above on whose behalf the actor acts there: the nearest that they are admin of; null where they are
 * an admin of it themselves.
 */
export function actsFrom(actor: Actor, place: Place): string | null {
  return standing(actor, place).role === 'admin' ? null : nearestAbove(actor, place)
}

/** The nearest organization above that the actor is admin of; null where there is none. */
export const nearestAbove = (actor: Actor, { path }: Place): string | null =>
  path.slice(0, -1).findLast((id) => adminOf(actor, id)) ?? null

const adminOf = (actor: Pick<Actor, 'memberships'>, organizationId: string | undefined) =>
  actor.memberships.some((membership) => membership.organizationId === organizationId && membership.role === 'admin')

/**
 * Whether the actor may do that there. It looks at roles alone: not at suspension, tier, policy or what a token is,
 * which the verbs judge; and at memberships as the actor was loaded with them.
 */
export function can(actor: Pick<Actor, 'memberships'>, permission: Permission, place: Place): boolean {
  const { role, adminAbove, platformAdmin } = standing(actor, place)
  const row = MATRIX[permission]
  if (place.closed) return adminAbove && (permission === 'tokens.see' || permission === 'audit.read')
  if (adminAbove && row.above === 'never') return false
  const granted = (grant: boolean | 'never' | 'platform') => grant === true || (grant === 'platform' && platformAdmin)
  return (role !== null && granted(row[role])) || (adminAbove && granted(row.above))
}
