import { and, eq, gt, inArray, lte, sql } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client'
import { passwordFailures } from '#db/schema/users'

const tally = { count: passwordFailures.count, endsAt: passwordFailures.endsAt }

/** What is counted under a key at that time; null where nothing is. Leans on password_failures_pkey. */
export async function findTally(db: Queryable, key: Uint8Array, now: Date) {
  const [found] = await db
    .select(tally)
    .from(passwordFailures)
    .where(and(eq(passwordFailures.key, key), gt(passwordFailures.endsAt, now)))
  return found ?? null
}

/**
 * Holds the count under a key until the transaction ends, begun anew until `endsAt` where there was none or its span was
 * over. Whoever holds several takes them in one order everywhere. Leans on password_failures_pkey.
 */
export async function holdTally(tx: Transaction, key: Uint8Array, { now, endsAt }: { now: Date; endsAt: Date }) {
  const over = sql`${passwordFailures.endsAt} <= ${now.toISOString()}::timestamptz`
  const [held] = await tx
    .insert(passwordFailures)
    .values({ key, count: 0, endsAt })
    .onConflictDoUpdate({
      target: passwordFailures.key,
      set: {
        count: sql`case when ${over} then 0 else ${passwordFailures.count} end`,
        endsAt: sql`case when ${over} then excluded.ends_at else ${passwordFailures.endsAt} end`,
      },
    })
    .returning(tally)
  if (held === undefined) throw new Error('upsert returned no count')
  return held
}

/** Adds one under each of these keys, which the transaction holds. */
export async function countFailure(tx: Transaction, keys: readonly Uint8Array[]): Promise<void> {
  await tx
    .update(passwordFailures)
    .set({ count: sql`${passwordFailures.count} + 1` })
    .where(inArray(passwordFailures.key, [...keys]))
}

/** Takes one back, if the span that it was counted in still lasts. */
export async function giveBackFailure(db: Queryable, key: Uint8Array, { endsAt }: { endsAt: Date }): Promise<void> {
  await db
    .update(passwordFailures)
    .set({ count: sql`${passwordFailures.count} - 1` })
    .where(and(eq(passwordFailures.key, key), eq(passwordFailures.endsAt, endsAt), gt(passwordFailures.count, 0)))
}

/** Forgets what is counted under a key. */
export async function clearFailures(db: Queryable, key: Uint8Array): Promise<void> {
  await db.delete(passwordFailures).where(eq(passwordFailures.key, key))
}

/**
 * Forgets counts whose span is over. It waits for none that is held: it takes them in no order, and could otherwise
 * stand against whoever holds several. Leans on password_failures_ends.
 */
export async function deleteEndedFailures(db: Queryable, now: Date): Promise<void> {
  const ended = db
    .select({ key: passwordFailures.key })
    .from(passwordFailures)
    .where(lte(passwordFailures.endsAt, now))
    .for('update', { skipLocked: true })
  await db.delete(passwordFailures).where(inArray(passwordFailures.key, ended))
}
