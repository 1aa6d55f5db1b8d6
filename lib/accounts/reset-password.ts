import type { z } from 'zod'
import { deleteLogins } from '#db/queries/logins'
import { consumeLink, deleteLinksOf, findResetLink } from '#db/queries/one-time-links'
import { clearFailures } from '#db/queries/password-failures'
import { deleteSessionsOf } from '#db/queries/sessions'
import { holdUser, updateUser } from '#db/queries/users'
import { failureKeys, networkOf } from '#lib/accounts/failure-keys'
import { linkDigest } from '#lib/accounts/link'
import { hashPassword } from '#lib/accounts/password'
import { recordOwn } from '#lib/accounts/record'
import type { From } from '#lib/accounts/reserve-try'
import type { ResetPasswordInput } from '#lib/accounts/schema'
import { DomainError } from '#lib/errors'

/**
 * Sets a new password, or the first one, by a link from a mail, ends every session of the person, unlinks every login at
 * a provider, which may be an intruder's, and voids every other such link; says whether a login was unlinked. It begins no
 * session. What was tried in vain from this network is forgotten, so that the new password is let in.
 * @throws DomainError `link_used`, `busy`
 */
export async function resetPassword(
  { db, clock, ip, userAgent }: From,
  { link, password }: z.output<typeof ResetPasswordInput>,
): Promise<{ readonly email: string; readonly unlinked: boolean }> {
  const digest = linkDigest(link)
  // Before the hash, which costs a core for tens of milliseconds.
  const userId = await findResetLink(db, digest, clock())
  if (userId === null) throw used()
  const passwordHash = await hashPassword(password)
  return db.transaction(async (tx) => {
    const now = clock()
    const user = await holdUser(tx, userId)
    if (user === null || !(await consumeLink(tx, { digest, purpose: 'reset-password' }, now))) throw used()
    await updateUser(tx, user.id, { passwordHash })
    await deleteLinksOf(tx, user.id)
    await clearFailures(tx, failureKeys(user.emailKey, networkOf(ip)).account)
    const actor = { userId: user.id, email: user.email, ip, userAgent }
    await recordOwn(tx, actor, { at: now, action: 'user.password_reset' })
    if ((await deleteSessionsOf(tx, user.id, 'all')) > 0)
      await recordOwn(tx, actor, { at: now, action: 'user.sessions_ended' })
    const unlinked = await deleteLogins(tx, user.id, 'all')
    for (const issuer of unlinked)
      await recordOwn(tx, actor, { at: now, action: 'user.login_unlinked', details: { way: issuer, reason: REASON } })
    return { email: user.email, unlinked: unlinked.length > 0 }
  })
}

const REASON = 'The password was set by a link from a mail'

const used = () =>
  new DomainError('link_used', 'This link has run out, was used, or a newer one took its place. Ask for a new one.')
