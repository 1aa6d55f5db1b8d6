import type { Database } from '#db/client'
import { insertSession } from '#db/queries/sessions'
import { findUserByEmailKey } from '#db/queries/users'
import { isPassword } from '#lib/accounts/password'
import { emailKey, type SignInInput } from '#lib/accounts/schema'
import { recordAudit } from '#lib/audit/record'
import type { Clock } from '#lib/clock'

/**
 * Begins a session for whoever knows the password, null for anyone else: the same answer, after the same work, for an
 * unknown e-mail and a wrong password. It does not count failures.
 * @throws DomainError `busy`
 */
export async function signIn(
  { db, clock, ip, userAgent }: { db: Database; clock: Clock; ip: string | null; userAgent: string | null },
  { email, password }: SignInInput,
): Promise<{ userId: string; sessionId: string } | null> {
  const user = await findUserByEmailKey(db, emailKey(email))
  if (!(await isPassword(password, user?.passwordHash ?? null)) || user === null) return null
  const now = clock()
  return db.transaction(async (tx) => {
    const session = await insertSession(tx, {
      userId: user.id,
      createdAt: now,
      lastSeenAt: now,
      confirmedAt: now,
      ip,
      userAgent,
    })
    await recordAudit(
      tx,
      { userId: user.id, email: user.email, ip, userAgent },
      {
        at: now,
        action: 'user.signed_in',
        organizationId: null,
        target: { type: 'user', id: user.id, name: user.email },
      },
    )
    return { userId: user.id, sessionId: session.id }
  })
}
