import type { z } from 'zod'
import { confirmSession } from '#db/queries/sessions'
import { findUser } from '#db/queries/users'
import { checkPassword } from '#lib/accounts/check-password'
import type { ConfirmIdentityInput } from '#lib/accounts/schema'
import type { OwnContext } from '#lib/accounts/session'
import { DomainError } from '#lib/errors'

/**
 * Notes on this session that the person has just proved who they are. Failures count together with those of signing in;
 * only those of this account on this network keep anybody from it.
 * @throws DomainError `invalid` beside `password`, `forbidden` without a password, `too_often`, `busy`, `unauthenticated`
 */
export async function confirmIdentity(
  ctx: OwnContext,
  { password }: z.output<typeof ConfirmIdentityInput>,
): Promise<{ confirmedAt: Date }> {
  await requireOwnPassword(ctx, { password, field: 'password' })
  const confirmedAt = ctx.clock()
  if (!(await confirmSession(ctx.db, { id: ctx.sessionId, userId: ctx.actor.userId }, confirmedAt))) throw signedOut()
  return { confirmedAt }
}

/**
 * The person's account, if the password is theirs.
 * @throws DomainError `invalid` beside that field, `forbidden` without a password, `too_often`, `busy`, `unauthenticated`
 */
export async function requireOwnPassword(
  { db, clock, actor }: OwnContext,
  given: { readonly password: string; readonly field: string },
) {
  const user = await findUser(db, actor.userId)
  if (user === null) throw signedOut()
  if (user.passwordHash === null)
    throw new DomainError('forbidden', 'This account has no password: it signs in through the provider alone.')
  const from = { db, clock, ip: actor.ip, userAgent: actor.userAgent }
  const tried = { email: user.email, user, password: given.password, isSignedIn: true }
  if (!(await checkPassword(from, tried)))
    throw new DomainError('invalid', 'Some fields need another look.', { [given.field]: 'This is not your password.' })
  return user
}

/** The refusal for somebody whose session ended meanwhile. */
export const signedOut = () => new DomainError('unauthenticated', 'You are signed out. Sign in again.')
