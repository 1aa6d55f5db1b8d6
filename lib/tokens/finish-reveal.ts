import { wipeRevealSalt } from '#db/queries/token-secrets'
import type { Context } from '#lib/context'
import { holdToken } from '#lib/tokens/hold'
import type { TokenIdInput } from '#lib/tokens/schema'

/**
 * Ends the actor's own reveal: what the secret was derived from is wiped, so the same key gets nothing from now on.
 * Asking again, or of a reveal that is somebody else's, changes nothing.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function finishReveal(ctx: Context, { tokenId }: TokenIdInput): Promise<null> {
  return ctx.db.transaction(async (tx) => {
    await holdToken(tx, ctx, tokenId, 'tokens.reveal')
    await wipeRevealSalt(tx, tokenId, ctx.actor.userId)
    return null
  })
}
