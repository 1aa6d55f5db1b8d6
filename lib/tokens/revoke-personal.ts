import type { z } from 'zod'
import type { Transaction } from '#db/client'
import { lockToken } from '#db/queries/tokens'
import { findUser } from '#db/queries/users'
import type { Context } from '#lib/context'
import { DomainError, notFound } from '#lib/errors'
import { holdPlatform } from '#lib/organizations/hold'
import { each } from '#lib/tokens/each'
import { revokeHeld } from '#lib/tokens/revoke'
import type { RevokePersonalTokensInput } from '#lib/tokens/schema'
import type { TokenOutcome } from '#lib/tokens/view'

/**
 * Has other people's personal tokens refused from the commit on, by an admin of the platform; all in one transaction,
 * each with its event, held in the order of their ids. Those that cannot be are told with the reason and keep no other
 * from it: `not_found`, also for tokens that are nobody's own; `not_active`, `expired`; `forbidden` for the actor's own.
 * It tells nothing of a token that its id does not.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function revokePersonalTokens(
  ctx: Context,
  { tokenIds, reason, leaked }: z.output<typeof RevokePersonalTokensInput>,
): Promise<TokenOutcome[]> {
  return ctx.db.transaction(async (tx) => {
    await holdPlatform(tx, ctx, 'personalTokens.revoke')
    return each(tokenIds.toSorted(), async (tokenId) => {
      const { token, owner } = await holdPersonal(tx, ctx, tokenId)
      return revokeHeld(tx, ctx, { token }, { reason, leaked, owner })
    })
  })
}

async function holdPersonal(tx: Transaction, { actor }: Context, tokenId: string) {
  const token = await lockToken(tx, tokenId)
  if (token === null || token.userId === null) throw notFound()
  if (token.userId === actor.userId)
    throw new DomainError('forbidden', 'This token is your own. Revoke it under Account settings.')
  const owner = await findUser(tx, token.userId)
  if (owner === null) throw notFound()
  return { token, owner: owner.email }
}
