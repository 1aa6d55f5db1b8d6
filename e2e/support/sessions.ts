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
