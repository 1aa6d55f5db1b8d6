import { and, eq, gt, lte, or, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client'
import { sessions, users } from '#db/schema/users'

/** Adds a session and gives its id. */
export async function insertSession(
  db: Queryable,
  row: Omit<typeof sessions.$inferInsert, 'id'>,
): Promise<{ id: string }> {
  const [inserted] = await db.insert(sessions).values(row).returning({ id: sessions.id })
  if (inserted === undefined) throw new Error('insert returned no session')
  return inserted
}

/**
 * The session with its user, if it began after `notBegunBefore` and was seen after `notSeenBefore`; null otherwise.
 * Leans on sessions_pkey.
 */
export async function findSession(
  db: Queryable,
  id: string,
  limits: { readonly notBegunBefore: Date; readonly notSeenBefore: Date },
) {
  const [session] = await db
    .select({
      id: sessions.id,
      lastSeenAt: sessions.lastSeenAt,
      confirmedAt: sessions.confirmedAt,
      userId: users.id,
      email: users.email,
      name: users.name,
      lastOrganizationId: users.lastOrganizationId,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, id),
        gt(sessions.createdAt, limits.notBegunBefore),
        gt(sessions.lastSeenAt, limits.notSeenBefore),
      ),
    )
  return session ?? null
}

/** Notes that the session is in use; never moves the time back. */
export async function touchSession(db: Queryable, id: string, now: Date): Promise<void> {
  await db
    .update(sessions)
    .set({ lastSeenAt: sql`greatest(${sessions.lastSeenAt}, ${now.toISOString()}::timestamptz)` })
    .where(eq(sessions.id, id))
}

/** Forgets sessions that stand no longer. */
export async function deleteEndedSessions(
  db: Queryable,
  limits: { readonly notBegunBefore: Date; readonly notSeenBefore: Date },
): Promise<void> {
  await db
    .delete(sessions)
    .where(or(lte(sessions.createdAt, limits.notBegunBefore), lte(sessions.lastSeenAt, limits.notSeenBefore)))
}

/** Ends a session. */
export async function deleteSession(db: Queryable, id: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.id, id))
}
