import { asc, eq, sql } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client'
import { tiers } from '#db/schema/tiers'

/** A tier by its name, in whatever case; null where there is none. Leans on tiers_name. */
export async function findTierByName(db: Queryable, name: string) {
  const [tier] = await db.select().from(tiers).where(sql`lower(${tiers.name}) = lower(${name})`)
  return tier ?? null
}

/** All tiers, lowest rank first. There are few: it reads the table. */
export const listTiers = (db: Queryable) => db.select().from(tiers).orderBy(asc(tiers.rank), asc(tiers.name))

/** Adds a tier. */
export async function insertTier(tx: Transaction, row: typeof tiers.$inferInsert): Promise<{ id: string }> {
  const [inserted] = await tx.insert(tiers).values(row).returning({ id: tiers.id })
  if (inserted === undefined) throw new Error('insert returned no tier')
  return inserted
}

/** Every tier by rank and name, with how many organizations have it, closed ones included. Leans on no index: tiers are few. */
export const listTiersInUse = (db: Queryable) =>
  db
    .select({
      id: tiers.id,
      name: tiers.name,
      rank: tiers.rank,
      tokenLimit: tiers.tokenLimit,
      atLimit: tiers.atLimit,
      metrics: tiers.metrics,
      organizations: sql<number>`(select count(*)::int from organizations o where o.tier_id = tiers.id)`,
      scopes: sql<number>`(select count(*)::int from scopes s where s.tier_id = tiers.id)`,
    })
    .from(tiers)
    .orderBy(asc(tiers.rank), asc(sql`lower(${tiers.name})`))

/** Changes a tier; whoever does holds the platform. */
export async function updateTier(
  tx: Transaction,
  id: string,
  change: Partial<typeof tiers.$inferInsert>,
): Promise<void> {
  await tx.update(tiers).set(change).where(eq(tiers.id, id))
}

/** Removes a tier; PostgreSQL refuses where an organization or a scope has it. */
export async function deleteTier(tx: Transaction, id: string): Promise<void> {
  await tx.delete(tiers).where(eq(tiers.id, id))
}
