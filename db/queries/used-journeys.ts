import { lte } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client'
import { usedJourneys } from '#db/schema/users'

/**
 * Notes a journey as used; false where it was. Of two at once the second waits for how the first one's transaction ends.
 * Leans on used_journeys_pkey.
 */
export async function insertUsedJourney(tx: Transaction, row: typeof usedJourneys.$inferInsert): Promise<boolean> {
  const inserted = await tx.insert(usedJourneys).values(row).onConflictDoNothing().returning({ key: usedJourneys.key })
  return inserted.length === 1
}

/** Forgets journeys that are too old to be used again. Leans on used_journeys_ends. */
export async function deleteEndedJourneys(db: Queryable, now: Date): Promise<void> {
  await db.delete(usedJourneys).where(lte(usedJourneys.endsAt, now))
}
