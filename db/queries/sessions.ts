import { and, desc, eq, gt, lte, ne, or, sql } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client'
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

/**
 * The session of a person, within the same limits, held until the transaction ends so that nobody ends it meanwhile; null
 * otherwise. Taken after the user. Leans on sessions_pkey.
 */
export async function holdSession(
  tx: Transaction,
  whose: { readonly id: string; readonly userId: string },
  limits: { readonly notBegunBefore: Date; readonly notSeenBefore: Date },
): Promise<{ readonly confirmedAt: Date | null } | null> {
  const [session] = await tx
    .select({ confirmedAt: sessions.confirmedAt })
    .from(sessions)
    .where(
      and(
        eq(sessions.id, whose.id),
        eq(sessions.userId, whose.userId),
        gt(sessions.createdAt, limits.notBegunBefore),
        gt(sessions.lastSeenAt, limits.notSeenBefore),
      ),
    )
    .for('no key update')
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

/** The sessions of a person that stand, last seen first. Leans on sessions_user. */
export const listSessionsOf = (
  db: Queryable,
  userId: string,
  limits: { readonly notBegunBefore: Date; readonly notSeenBefore: Date },
) =>
  db
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      ip: sessions.ip,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        gt(sessions.createdAt, limits.notBegunBefore),
        gt(sessions.lastSeenAt, limits.notSeenBefore),
      ),
    )
    .orderBy(desc(sessions.lastSeenAt), sessions.id)

/** Notes that the person proved who they are; false where the session is gone or not theirs. Leans on sessions_pkey. */
export async function confirmSession(
  db: Queryable,
  session: { readonly id: string; readonly userId: string },
  now: Date,
): Promise<boolean> {
  const confirmed = await db
    .update(sessions)
    .set({ confirmedAt: now })
    .where(and(eq(sessions.id, session.id), eq(sessions.userId, session.userId)))
    .returning({ id: sessions.id })
  return confirmed.length === 1
}

/** Ends a session of whomever it is; gives the person's id, null where it was gone. Leans on sessions_pkey. */
export async function deleteSession(tx: Transaction, id: string): Promise<string | null> {
  const [ended] = await tx.delete(sessions).where(eq(sessions.id, id)).returning({ userId: sessions.userId })
  return ended?.userId ?? null
}

/** Ends sessions of a person: one, all but one, or all; gives how many there were. Leans on sessions_user. */
export async function deleteSessionsOf(
  tx: Transaction,
  userId: string,
  which: { readonly only: string } | { readonly allBut: string } | 'all',
): Promise<number> {
  const narrowed =
    which === 'all' ? [] : ['only' in which ? eq(sessions.id, which.only) : ne(sessions.id, which.allBut)]
  const ended = await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), ...narrowed))
    .returning({ id: sessions.id })
  return ended.length
}
