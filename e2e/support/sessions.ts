import { eq } from 'drizzle-orm'
import type { Database } from '#db/client'
import { findUserByEmailKey } from '#db/queries/users'
import { sessions } from '#db/schema/users'

/** Ends every session of a person on the server; the cookies stay where they are. */
export async function endSessions(db: Database, email: string): Promise<void> {
  const user = await findUserByEmailKey(db, email)
  if (user === null) throw new Error(`nobody signs in as ${email}`)
  await db.delete(sessions).where(eq(sessions.userId, user.id))
}

/** Has every session of a person have been confirmed longer ago than counts. */
export async function letConfirmationLapse(db: Database, email: string): Promise<void> {
  const user = await findUserByEmailKey(db, email)
  if (user === null) throw new Error(`nobody signs in as ${email}`)
  const confirmedAt = new Date(Date.now() - 11 * 60_000)
  await db.update(sessions).set({ confirmedAt }).where(eq(sessions.userId, user.id))
}
