import { deleteSession } from '#db/queries/sessions'
import { findUser } from '#db/queries/users'
import { recordOwn } from '#lib/accounts/record'
import type { From } from '#lib/accounts/reserve-try'

/**
 * Ends the session behind an id from the signed cookie: that cookie, and every copy of it, opens nothing from the next
 * request on. Does nothing where it has ended already.
 */
export async function signOut({ db, clock, ip, userAgent }: From, sessionId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const userId = await deleteSession(tx, sessionId)
    const user = userId === null ? null : await findUser(tx, userId)
    if (user === null) return
    const actor = { userId: user.id, email: user.email, ip, userAgent }
    await recordOwn(tx, actor, { at: clock(), action: 'user.signed_out' })
  })
}
