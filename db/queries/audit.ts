import { and, desc, eq, gt } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client'
import { auditEvents } from '#db/schema/audit'

// A statement has room for 65,535 parameters, and an event takes 11.
const ROWS_AT_ONCE = 1000

/** Adds to the trail, in the order given and in the transaction of the change it tells of. Last in the order of locks. */
export async function insertAuditEvents(
  tx: Transaction,
  rows: readonly (typeof auditEvents.$inferInsert)[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    await tx.insert(auditEvents).values(rows.slice(from, from + ROWS_AT_ONCE))
}

/** The newest events about one thing. Leans on audit_events_by_target. */
export const listAuditEventsAbout = (
  db: Queryable,
  target: { readonly type: string; readonly id: string },
  limit: number,
) =>
  db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.targetType, target.type), eq(auditEvents.targetId, target.id)))
    .orderBy(desc(auditEvents.id))
    .limit(limit)

/** The addresses that a person has signed in from since then, each once. Leans on audit_events_by_target. */
export async function listSignInAddresses(db: Queryable, userId: string, since: Date): Promise<(string | null)[]> {
  const rows = await db
    .selectDistinct({ ip: auditEvents.ip })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.targetType, 'user'),
        eq(auditEvents.targetId, userId),
        eq(auditEvents.action, 'user.signed_in'),
        gt(auditEvents.at, since),
      ),
    )
  return rows.map(({ ip }) => ip)
}
