import { asc, sql } from 'drizzle-orm'
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
