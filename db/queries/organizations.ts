import { and, arrayContains, asc, eq, exists, inArray, type SQL, sql } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client'
import { organizations, policyCeilings } from '#db/schema/organizations'
import { tiers } from '#db/schema/tiers'
import { memberships } from '#db/schema/users'

const lineageColumns = {
  id: organizations.id,
  kind: organizations.kind,
  path: organizations.path,
  slug: organizations.slug,
  name: organizations.name,
  contact: organizations.contact,
  tokenLimitOverride: organizations.tokenLimitOverride,
  revealPolicy: organizations.revealPolicy,
  deletePolicy: organizations.deletePolicy,
  longestLifetimeDays: organizations.longestLifetimeDays,
  neverExpiringAllowed: organizations.neverExpiringAllowed,
  suspendedAt: organizations.suspendedAt,
  closedAt: organizations.closedAt,
  tier: tiers,
}

const lineage = (db: Queryable, which: SQL) =>
  db
    .select(lineageColumns)
    .from(organizations)
    .leftJoin(tiers, eq(tiers.id, organizations.tierId))
    .where(sql`${organizations.id} = any((select path from organizations where ${which})::uuid[])`)
    .orderBy(asc(sql`cardinality(${organizations.path})`))

export type LineageRow = Awaited<ReturnType<typeof lineage>>[number]

/** The organization and all above it, root first; empty where there is none. Leans on the primary key. */
export const findLineage = (db: Queryable, organizationId: string) => lineage(db, sql`id = ${organizationId}`)

/** The same by slug, closed organizations included. Leans on organizations_slug. */
export const findLineageBySlug = (db: Queryable, slug: string) => lineage(db, sql`slug = ${slug}`)

/** Holds the organization until the transaction ends: whatever counts its tokens waits here. First in the order of locks. */
export async function lockOrganization(tx: Transaction, organizationId: string): Promise<void> {
  await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(eq(organizations.id, organizationId))
    .for('no key update')
}

/**
 * Keeps everything that policies are made of as it is until the transaction ends: the ceilings, and organizations, one at
 * least, with all above them. Others may do the same meanwhile; whoever changes one of them waits. First in the order of locks,
 * organizations from the root, then the ceilings. Leans on the primary key.
 */
export async function sharePolicies(tx: Transaction, organizationIds: readonly string[]): Promise<void> {
  await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(sql`${organizations.id} in (select unnest(path) from organizations where id in ${organizationIds})`)
    .orderBy(asc(sql`cardinality(${organizations.path})`), asc(organizations.id))
    .for('share')
  await tx.select({ row: policyCeilings.onlyRow }).from(policyCeilings).for('share')
}

/** Holds several, those above first, then by id, so that no two wait for each other. Leans on the primary key. */
export async function lockOrganizations(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(inArray(organizations.id, [...ids]))
    .orderBy(asc(sql`cardinality(${organizations.path})`), asc(organizations.id))
    .for('no key update')
}

/** Holds an organization with all below it, in the same order, and gives them. Leans on organizations_path. */
export const lockSubtree = (tx: Transaction, organizationId: string) =>
  tx
    .select({ id: organizations.id, name: organizations.name, closedAt: organizations.closedAt })
    .from(organizations)
    .where(arrayContains(organizations.path, [organizationId]))
    .orderBy(asc(sql`cardinality(${organizations.path})`), asc(organizations.id))
    .for('no key update')

/** Changes organizations that are held. */
export async function updateOrganizations(
  tx: Transaction,
  ids: readonly string[],
  change: Partial<typeof organizations.$inferInsert>,
): Promise<void> {
  await tx
    .update(organizations)
    .set(change)
    .where(inArray(organizations.id, [...ids]))
}

/** The platform's ceilings for all policies; the migration made the one row. */
export async function findPolicyCeilings(db: Queryable) {
  const [ceilings] = await db.select().from(policyCeilings)
  if (ceilings === undefined) throw new Error('policy_ceilings has lost its row')
  return ceilings
}

/** The platform; null before set-up. Leans on organizations_one_platform. */
export async function findPlatform(db: Queryable): Promise<{ id: string; name: string } | null> {
  const [platform] = await db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(eq(organizations.kind, 'platform'))
  return platform ?? null
}

/**
 * The organizations a user is a member of, by name; what is closed, itself or by an ancestor, is left out. Leans on
 * memberships_pkey and the primary key.
 */
export const listOwnOrganizations = (db: Queryable, userId: string) =>
  db
    .select({
      id: organizations.id,
      kind: organizations.kind,
      slug: organizations.slug,
      name: organizations.name,
      path: organizations.path,
      role: memberships.role,
    })
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .where(
      and(
        eq(memberships.userId, userId),
        sql`not exists (select from organizations above where above.id = any(${organizations.path}) and above.closed_at is not null)`,
      ),
    )
    .orderBy(asc(sql`cardinality(${organizations.path})`), asc(organizations.name))

/** Every ancestor and self of the given organizations, with tiers: what badges of a list need, in one query. */
export const findLineages = (db: Queryable, organizationIds: readonly string[]) =>
  db
    .select(lineageColumns)
    .from(organizations)
    .leftJoin(tiers, eq(tiers.id, organizations.tierId))
    .where(
      inArray(
        organizations.id,
        sql`(select unnest(path) from organizations where id in ${organizationIds.length > 0 ? organizationIds : ['00000000-0000-0000-0000-000000000000']})`,
      ),
    )
    .orderBy(asc(sql`cardinality(${organizations.path})`))

export type NewOrganization = typeof organizations.$inferInsert

/** Adds an organization; PostgreSQL computes its path and refuses a wrong place in the tree. */
export async function insertOrganization(tx: Transaction, row: NewOrganization): Promise<{ id: string }> {
  const [inserted] = await tx.insert(organizations).values(row).returning({ id: organizations.id })
  if (inserted === undefined) throw new Error('insert returned no organization')
  return inserted
}

/** Whether any organization exists yet: false only before set-up. */
export async function anyOrganization(db: Queryable): Promise<boolean> {
  const [row] = await db
    .select({ found: exists(db.select({ one: sql`1` }).from(organizations)) })
    .from(sql`(values (1)) as one`)
  return row?.found === true
}
