import type { z } from 'zod'
import { holdUser, updateUser } from '#db/queries/users'
import { signedOut } from '#lib/accounts/confirm'
import { endSessions } from '#lib/accounts/end-sessions'
import { hashPassword } from '#lib/accounts/password'
import { recordOwn } from '#lib/accounts/record'
import { requireConfirmed } from '#lib/accounts/require-confirmed'
import type { SetPasswordInput } from '#lib/accounts/schema'
import type { OwnContext } from '#lib/accounts/session'
import { DomainError } from '#lib/errors'

/**
 * Gives an account its first password, beside the provider that it signs in through, and ends all other sessions of the
 * person.
 * @throws DomainError `confirmation_required`, `forbidden` where there is a password, `busy`
 */
export async function setPassword(ctx: OwnContext, { password }: z.output<typeof SetPasswordInput>): Promise<void> {
  const { db, actor, clock } = ctx
  requireConfirmed(actor, clock())
  const passwordHash = await hashPassword(password)
  await db.transaction(async (tx) => {
    const user = await holdUser(tx, actor.userId)
    if (user === null) throw signedOut()
    if (user.passwordHash !== null)
      throw new DomainError('forbidden', 'This account has a password. Change it instead.')
    await updateUser(tx, user.id, { passwordHash })
    await recordOwn(tx, actor, { at: clock(), action: 'user.password_changed' })
    await endSessions(tx, ctx, { allBut: ctx.sessionId })
  })
}
