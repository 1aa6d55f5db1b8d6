import { and, eq, inArray, isNotNull, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Queryable, Transaction } from '#db/client'
import { contains, type ListPlace, numbered, pageOf } from '#db/queries/numbered'
import { invitations } from '#db/schema/invitations'
import { organizations } from '#db/schema/organizations'
import { memberships, sessions, users } from '#db/schema/users'

const inviter = alias(users, 'inviter')
const approver = alias(users, 'approver')
const above = alias(organizations, 'above')

/** The invitation that a membership came of; both carry the moment at which it was accepted. Leans on invitations_organization. */
const acceptedFor = and(
  eq(invitations.organizationId, memberships.organizationId),
  eq(invitations.acceptedBy, memberships.userId),
  eq(invitations.acceptedAt, memberships.createdAt),
)
const folded = sql`lower(${users.name})`

/**
 * One page of an organization's members by name, each with who invited them, from above or not, and when they were last
 * seen; `search` is looked for in the folded name and e-mail address, empty finds all. Leans on memberships_organization,
 * invitations_organization and sessions_user.
 */
export async function listMembers(
  db: Queryable,
  organizationId: string,
  search: { readonly emailKey: string; readonly name: string },
  place: ListPlace,
  size: number,
) {
  const list = db.$with('list').as(
    db
      .select({ id: users.id, ...numbered(sql`${folded}, ${users.emailKey}`) })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(
        and(
          eq(memberships.organizationId, organizationId),
          or(contains(sql`${users.emailKey}`, search.emailKey), contains(folded, search.name)),
        ),
      ),
  )
  const page = pageOf(place, size)
  const rows = await db
    .with(list)
    .select({
      id: list.id,
      position: list.position,
      total: list.total,
      name: users.name,
      email: users.email,
      role: memberships.role,
      devices: memberships.devices,
      since: memberships.createdAt,
      invitedBy: inviter.email,
      invitedFrom: above.name,
      approvedBy: approver.email,
      lastSeenAt: sql<Date | null>`(
        select max(${sessions.lastSeenAt}) from ${sessions} where ${sessions.userId} = ${users.id})`.mapWith(
        sessions.lastSeenAt,
      ),
    })
    .from(list)
    .innerJoin(users, eq(users.id, list.id))
    .innerJoin(memberships, and(eq(memberships.userId, list.id), eq(memberships.organizationId, organizationId)))
    .leftJoin(inviter, eq(inviter.id, memberships.invitedBy))
    .leftJoin(invitations, acceptedFor)
    .leftJoin(above, eq(above.id, invitations.fromAboveId))
    .leftJoin(approver, and(isNotNull(invitations.fromAboveId), eq(approver.id, invitations.approvedBy)))
    .where(page.where)
    .orderBy(page.order)
    .limit(size)
  return page.backwards ? rows.reverse() : rows
}

/** How many members an organization has, and how many of them are admins. Exact only while it is locked. Leans on memberships_organization. */
export async function countMembers(db: Queryable, organizationId: string): Promise<{ all: number; admins: number }> {
  const [row] = await db
    .select({
      all: sql<number>`count(*)::int`,
      admins: sql<number>`(count(*) filter (where ${memberships.role} = 'admin'))::int`,
    })
    .from(memberships)
    .where(eq(memberships.organizationId, organizationId))
  return row ?? { all: 0, admins: 0 }
}

/** A member as they stand; null where the user is none there. Leans on memberships_pkey. */
export async function findMember(db: Queryable, organizationId: string, userId: string) {
  const [member] = await db
    .select({ id: users.id, email: users.email, role: memberships.role, devices: memberships.devices })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId)))
  return member ?? null
}

/** The roles that a user has at this moment in any of these organizations. Leans on memberships_pkey. */
export const listRolesAt = (db: Queryable, userId: string, organizationIds: readonly string[]) =>
  db
    .select({ organizationId: memberships.organizationId, role: memberships.role, devices: memberships.devices })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), inArray(memberships.organizationId, [...organizationIds])))

const membershipOf = (organizationId: string, userId: string) =>
  and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId))

/** Changes what is given of a membership. Its organization is held. */
export async function updateMembership(
  tx: Transaction,
  { organizationId, userId }: { readonly organizationId: string; readonly userId: string },
  change: Partial<Pick<typeof memberships.$inferInsert, 'role' | 'devices'>>,
): Promise<void> {
  await tx.update(memberships).set(change).where(membershipOf(organizationId, userId))
}

/** Ends a membership; from then on verification finds none. Its organization is held. */
export async function deleteMembership(
  tx: Transaction,
  { organizationId, userId }: { readonly organizationId: string; readonly userId: string },
): Promise<void> {
  await tx.delete(memberships).where(membershipOf(organizationId, userId))
}
