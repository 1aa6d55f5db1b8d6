import { and, arrayContains, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Queryable, Transaction } from '#db/client'
import { devices } from '#db/schema/devices'
import { invitations } from '#db/schema/invitations'
import { organizations } from '#db/schema/organizations'
import { memberships, users } from '#db/schema/users'

const inviter = alias(users, 'inviter')
const above = alias(organizations, 'above')

const isOpen = and(isNull(invitations.acceptedAt), isNull(invitations.withdrawnAt))

/** Keeps an invitation; PostgreSQL refuses a second open one of the address there (invitations_open). */
export async function insertInvitation(
  tx: Transaction,
  row: typeof invitations.$inferInsert,
): Promise<{ readonly id: string }> {
  const [inserted] = await tx.insert(invitations).values(row).returning({ id: invitations.id })
  if (inserted === undefined) throw new Error('insert returned no invitation')
  return inserted
}

const withNames = (db: Queryable) =>
  db
    .select({
      id: invitations.id,
      organizationId: invitations.organizationId,
      email: invitations.email,
      emailKey: invitations.emailKey,
      role: invitations.role,
      devices: invitations.devices,
      createdAt: invitations.createdAt,
      approvedAt: invitations.approvedAt,
      approvedBy: invitations.approvedBy,
      linkDigest: invitations.linkDigest,
      expiresAt: invitations.expiresAt,
      acceptedAt: invitations.acceptedAt,
      withdrawnAt: invitations.withdrawnAt,
      fromAboveId: invitations.fromAboveId,
      invitedBy: { id: inviter.id, name: inviter.name, email: inviter.email },
      fromAbove: above.name,
    })
    .from(invitations)
    .innerJoin(inviter, eq(inviter.id, invitations.invitedBy))
    .leftJoin(above, eq(above.id, invitations.fromAboveId))

export type InvitationRow = Awaited<ReturnType<typeof withNames>>[number]

/** An invitation with who invited; null where there is none. Leans on invitations_pkey. */
export async function findInvitation(db: Queryable, id: string): Promise<InvitationRow | null> {
  const [found] = await withNames(db).where(eq(invitations.id, id))
  return found ?? null
}

/** The invitation that a link is for, ended ones too; null where no link is of that digest. Leans on invitations_link. */
export async function findInvitationByLink(db: Queryable, digest: Uint8Array): Promise<InvitationRow | null> {
  const [found] = await withNames(db).where(eq(invitations.linkDigest, digest))
  return found ?? null
}

/** The open invitation of an address there; null where there is none. Leans on invitations_open. */
export async function findOpenInvitation(db: Queryable, organizationId: string, emailKey: string) {
  const [found] = await db
    .select({ id: invitations.id, expiresAt: invitations.expiresAt })
    .from(invitations)
    .where(and(eq(invitations.organizationId, organizationId), eq(invitations.emailKey, emailKey), isOpen))
  return found ?? null
}

/** The open invitations of an organization, oldest first. Leans on invitations_organization. */
export const listOpenInvitations = (db: Queryable, organizationId: string): Promise<InvitationRow[]> =>
  withNames(db)
    .where(and(eq(invitations.organizationId, organizationId), isOpen))
    .orderBy(asc(invitations.createdAt), asc(invitations.id))

/** Holds an invitation until the transaction ends. Taken after its organization. */
export async function holdInvitation(tx: Transaction, id: string): Promise<void> {
  await tx.select({ id: invitations.id }).from(invitations).where(eq(invitations.id, id)).for('update')
}

/** Changes what is given of an invitation. */
export async function updateInvitation(
  tx: Transaction,
  id: string,
  changes: Partial<
    Pick<
      typeof invitations.$inferInsert,
      'approvedAt' | 'approvedBy' | 'linkDigest' | 'expiresAt' | 'acceptedAt' | 'acceptedBy' | 'withdrawnAt'
    >
  >,
): Promise<void> {
  await tx.update(invitations).set(changes).where(eq(invitations.id, id))
}

/** Gives an invitation a new link, if it is open and approved; false where it is not. The old link is void. */
export async function renewInvitationLink(
  db: Queryable,
  id: string,
  link: { readonly digest: Uint8Array; readonly expiresAt: Date },
): Promise<boolean> {
  const renewed = await db
    .update(invitations)
    .set({ linkDigest: link.digest, expiresAt: link.expiresAt })
    .where(and(eq(invitations.id, id), isOpen, isNotNull(invitations.approvedAt)))
    .returning({ id: invitations.id })
  return renewed.length === 1
}

/** Takes a link away that reached nobody, unless another has taken its place. */
export async function dropInvitationLink(db: Queryable, id: string, digest: Uint8Array): Promise<void> {
  await db
    .update(invitations)
    .set({ linkDigest: null, expiresAt: null })
    .where(and(eq(invitations.id, id), eq(invitations.linkDigest, digest), isOpen))
}

/**
 * The approved open invitations that no link was made for yet: their mail is still to be sent. Everywhere, or in an
 * organization and below it. Leans on organizations_path and invitations_organization.
 */
export const listInvitationsToSend = (db: Queryable, organizationId?: string) =>
  db
    .select({ id: invitations.id })
    .from(invitations)
    .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
    .where(
      and(
        isOpen,
        isNotNull(invitations.approvedAt),
        isNull(invitations.linkDigest),
        organizationId === undefined ? undefined : arrayContains(organizations.path, [organizationId]),
      ),
    )

/**
 * The e-mail address of whoever is invited to be the first admin of an organization that has none of its own yet; null
 * where nobody is, or it has one. Leans on invitations_organization and memberships_organization.
 */
export async function findAwaitedAdmin(db: Queryable, organizationId: string): Promise<string | null> {
  const [awaited] = await db
    .select({ email: invitations.email })
    .from(invitations)
    .where(
      and(
        eq(invitations.organizationId, organizationId),
        eq(invitations.role, 'admin'),
        isNull(invitations.acceptedAt),
        isNull(invitations.withdrawnAt),
        sql`not exists (select from memberships m where m.organization_id = ${organizationId} and ${isOwnAdmin})`,
      ),
    )
    .orderBy(asc(invitations.createdAt))
    .limit(1)
  return awaited?.email ?? null
}

// Of memberships `m`: an admin who is none of any organization above.
const isOwnAdmin = sql`m.role = 'admin' and not exists (
  select from organizations o join memberships higher on higher.organization_id = any(o.path)
  where o.id = m.organization_id and higher.organization_id <> o.id
    and higher.user_id = m.user_id and higher.role = 'admin')`

/**
 * Whether an organization has an admin of its own: one who is not an admin of any above it too. Leans on
 * memberships_organization and memberships_pkey.
 */
export async function hasOwnAdmin(db: Queryable, organizationId: string): Promise<boolean> {
  const found = await db
    .select({ one: sql`1` })
    .from(sql`memberships m`)
    .where(sql`m.organization_id = ${organizationId} and ${isOwnAdmin}`)
    .limit(1)
  return found.length > 0
}

/** How a person is a member there; null where they are not. Leans on memberships_pkey. */
export async function findMembership(db: Queryable, userId: string, organizationId: string) {
  const [found] = await db
    .select({ role: memberships.role, devices: memberships.devices })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), eq(memberships.organizationId, organizationId)))
  return found ?? null
}

/** The ids of the devices that are registered there. Leans on devices_pkey. */
export async function listDeviceIds(db: Queryable, organizationId: string): Promise<string[]> {
  const rows = await db.select({ id: devices.id }).from(devices).where(eq(devices.organizationId, organizationId))
  return rows.map(({ id }) => id)
}
