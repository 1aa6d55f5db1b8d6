import type { Transaction } from '#db/client'
import { insertSession } from '#db/queries/sessions'
import { findUserByEmailKey, holdUser } from '#db/queries/users'
import { checkPassword } from '#lib/accounts/check-password'
import type { From } from '#lib/accounts/reserve-try'
import { emailKey, type SignInInput } from '#lib/accounts/schema'
import { recordAudit } from '#lib/audit/record'

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
    return { userId: held.id, sessionId: await beginSession(tx, from, held) }
  })
}

async function beginSession(
  tx: Transaction,
  { clock, ip, userAgent }: From,
  user: { readonly id: string; readonly email: string },
): Promise<string> {
  const now = clock()
  const { id } = await insertSession(tx, {
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
  return id
}
