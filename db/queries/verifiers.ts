import { asc, lt, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client'
import { COUNTS_FOR } from '#db/queries/revocations'
import { verifiers } from '#db/schema/verifiers'

const GONE_AFTER = sql`interval '24 hours'`

/**
 * The verifiers heard of within 24 hours, by name; `answering`: within the last 6 seconds, by the database's clock.
 * Leans on no index: verifiers are few.
 */
export const listVerifiers = (db: Queryable) =>
  db
    .select({
      id: verifiers.id,
      name: verifiers.name,
      answering: sql<boolean>`${verifiers.lastSeenAt} > clock_timestamp() - ${COUNTS_FOR}`,
      lastSeenAt: verifiers.lastSeenAt,
      startedAt: verifiers.startedAt,
      entries: verifiers.entries,
      hits: verifiers.hits,
      misses: verifiers.misses,
      lagMs: verifiers.lagMs,
    })
    .from(verifiers)
    .where(sql`${verifiers.lastSeenAt} > clock_timestamp() - ${GONE_AFTER}`)
    .orderBy(asc(verifiers.name), asc(verifiers.startedAt), asc(verifiers.id))

/** Forgets verifiers that were last heard of 24 hours ago or earlier. Leans on no index: verifiers are few. */
export async function deleteGoneVerifiers(db: Queryable): Promise<void> {
  await db.delete(verifiers).where(lt(verifiers.lastSeenAt, sql`clock_timestamp() - ${GONE_AFTER}`))
}
