import { findUserByEmailKey, holdUser } from '#db/queries/users'
import { beginSession } from '#lib/accounts/begin-session'
import { checkPassword } from '#lib/accounts/check-password'
import type { From } from '#lib/accounts/reserve-try'
import { emailKey, type SignInInput } from '#lib/accounts/schema'

/**
 * Begins a session, with an id of its own, for whoever knows the password, null for anyone else: the same answer, after
 * the same work, for an unknown e-mail and a wrong password. Failures are counted.
 * @throws DomainError `too_often`, `busy`
 */
export async function signIn(
  from: From,
  { email, password }: SignInInput,
): Promise<{ userId: string; sessionId: string } | null> {
  const user = await findUserByEmailKey(from.db, emailKey(email))
  if (!(await checkPassword(from, { email, user, password })) || user === null) return null
  return from.db.transaction(async (tx) => {
    const held = await holdUser(tx, user.id)
    // Changed since it was compared: what was right then begins nothing now.
    if (held === null || held.passwordHash !== user.passwordHash) return null
    return { userId: held.id, sessionId: await beginSession(tx, from, held, { confirmed: true }) }
  })
}
