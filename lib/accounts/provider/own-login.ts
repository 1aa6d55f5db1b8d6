import { deleteLogins, findWaysIn } from '#db/queries/logins'
import { holdUser } from '#db/queries/users'
import { signedOut } from '#lib/accounts/confirm'
import { issuerKey, type Provider } from '#lib/accounts/provider/provider'
import { recordOwn } from '#lib/accounts/record'
import { requireConfirmed } from '#lib/accounts/require-confirmed'
import type { WaysIn } from '#lib/accounts/view'
import type { Context } from '#lib/context'
import { DomainError } from '#lib/errors'

/** By what a person signs in; a login at a provider that is not, or no longer, the configured one is none. */
export const waysIn = ({ db, actor }: Context, provider: Provider | undefined): Promise<WaysIn> =>
  findWaysIn(db, actor.userId, provider === undefined ? null : issuerKey(provider.issuer))

/**
 * Takes the provider's login from a person's account; the sessions that were begun by it stand.
 * @throws DomainError `confirmation_required`, `not_found` where there is none, `forbidden` where nothing else is left
 */
export async function unlinkLogin(ctx: Context, provider: Provider): Promise<void> {
  const { db, actor, clock } = ctx
  requireConfirmed(actor, clock())
  await db.transaction(async (tx) => {
    const user = await holdUser(tx, actor.userId)
    if (user === null) throw signedOut()
    if ((await deleteLogins(tx, user.id, { issuer: issuerKey(provider.issuer) })).length === 0)
      throw new DomainError('not_found', `${provider.name} is not linked to this account.`)
    if (user.passwordHash === null)
      throw new DomainError('forbidden', `This account has no password: without ${provider.name} nobody could sign in.`)
    await recordOwn(tx, actor, { at: clock(), action: 'user.login_unlinked', details: { way: provider.name } })
  })
}
