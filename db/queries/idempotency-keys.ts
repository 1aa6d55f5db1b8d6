import { and, eq, lt, sql } from 'drizzle-orm'
import type { Database, Queryable, Transaction } from '#db/client'
import { idempotencyKeys } from '#db/schema/idempotency-keys'

/** One key of a calling token, on one route. */
export type KeyOfCaller = { readonly tokenId: string; readonly route: string; readonly keyDigest: Uint8Array }

/** Holds a key until the transaction ends, if nobody else does; it never waits. The first of all locks. */
export async function claimIdempotencyKey(
  tx: Transaction,
  { tokenId, route, keyDigest }: KeyOfCaller,
): Promise<boolean> {
  const what = `idempotency ${tokenId} ${route} ${Buffer.from(keyDigest).toString('base64')}`
  const [row] = await tx.execute<{ claimed: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${what}, 0)) as claimed`,
  )
  return row?.claimed === true
}

/** What was answered since then to whoever sent that key; null: nothing. Leans on the primary key. */
export async function findIdempotentAnswer(db: Queryable, { tokenId, route, keyDigest }: KeyOfCaller, since: Date) {
  const [row] = await db
    .select()
    .from(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.tokenId, tokenId),
        eq(idempotencyKeys.route, route),
        eq(idempotencyKeys.keyDigest, Buffer.from(keyDigest)),
      ),
    )
  return row === undefined || row.createdAt <= since ? null : row
}

/** Keeps an answer under a key that is held; one that has run out gives way. */
export async function keepIdempotentAnswer(tx: Transaction, row: typeof idempotencyKeys.$inferInsert): Promise<void> {
  const { requestDigest, status, answer, createdAt } = row
  await tx
    .insert(idempotencyKeys)
    .values(row)
    .onConflictDoUpdate({
      target: [idempotencyKeys.tokenId, idempotencyKeys.route, idempotencyKeys.keyDigest],
      set: { requestDigest, status, answer, createdAt },
    })
}

/** Wipes what was kept before then. Leans on idempotency_keys_by_created. */
export async function deleteIdempotencyKeysBefore(db: Database, before: Date): Promise<void> {
  await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, before))
}
