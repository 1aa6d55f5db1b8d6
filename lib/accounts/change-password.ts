import type { z } from 'zod'
import { confirmSession } from '#db/queries/sessions'
import { holdUser, updateUser } from '#db/queries/users'
import { requireOwnPassword, signedOut } from '#lib/accounts/confirm'
import { endSessions } from '#lib/accounts/end-sessions'
import { hashPassword } from '#lib/accounts/password'
import { recordOwn } from '#lib/accounts/record'
import type { ChangePasswordInput } from '#lib/accounts/schema'
import type { OwnContext } from '#lib/accounts/session'
import { DomainError } from '#lib/errors'

/**
 * Sets a new password, ends all other sessions of the person, and confirms this one. Failures on the current one count
 * together with those of signing in. A sign-in by the old one that is under way begins no session.
 * @throws DomainError `invalid` beside `current`, `forbidden` without a password, `too_often`, `busy`, `unauthenticated`
 */
export async function changePassword(
  ctx: OwnContext,
  { current, password }: z.output<typeof ChangePasswordInput>,
): Promise<void> {
  const user = await requireOwnPassword(ctx, { password: current, field: 'current' })
  const passwordHash = await hashPassword(password)
  await ctx.db.transaction(async (tx) => {
    const held = await holdUser(tx, user.id)
    if (held?.passwordHash !== user.passwordHash)
      throw new DomainError('invalid', 'Some fields need another look.', { current: 'It was changed a moment ago.' })
    const now = ctx.clock()
    await updateUser(tx, user.id, { passwordHash })
    if (!(await confirmSession(tx, { id: ctx.sessionId, userId: user.id }, now))) throw signedOut()
    await recordOwn(tx, ctx.actor, { at: now, action: 'user.password_changed' })
    await endSessions(tx, ctx, { allBut: ctx.sessionId })
  })
}
