import { updateToken } from '#db/queries/tokens'
import { requireConfirmed } from '#lib/accounts/require-confirmed'
import { recordAudit } from '#lib/audit/record'
import { actsFrom } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import { DomainError } from '#lib/errors'
import { holdToken, seeToken } from '#lib/tokens/hold'
import { requireOpen } from '#lib/tokens/home'
import { presentToken } from '#lib/tokens/present'
import { requireActive } from '#lib/tokens/require-active'
import type { RotateTokenInput } from '#lib/tokens/schema'
import type { TokenView } from '#lib/tokens/view'

/**
 * Has the next reveal mint a new secret, after which the present one works on for the overlap. Until that reveal nothing
 * changes for callers, and rotating again only changes the overlap; asking for the same again changes nothing.
 * @throws DomainError `not_found`, `forbidden`, `organization_suspended`, `not_active`, `expired`, `not_revealed`, `confirmation_required`
 */
export async function rotateToken(ctx: AnyContext, { tokenId, overlapSeconds }: RotateTokenInput): Promise<TokenView> {
  return ctx.db.transaction(async (tx) => {
    const { token, home, actor } = await holdToken(tx, ctx, tokenId, 'tokens.manage')
    const now = ctx.clock()
    requireOpen(home)
    requireActive(token, now)
    if (token.tail === null)
      throw new DomainError('not_revealed', 'This token is not revealed yet, so there is nothing to rotate. Reveal it.')
    // A token has just shown its secret.
    if (ctx.actor.token === undefined) requireConfirmed(ctx.actor, now)
    if (token.rotationOverlapSeconds !== overlapSeconds) {
      const handedOverById = home.organization === null ? null : actsFrom(actor, home.organization)
      await updateToken(tx, tokenId, { rotationOverlapSeconds: overlapSeconds, handedOverById, updatedAt: now })
      await recordAudit(tx, ctx.actor, {
        at: now,
        action: 'token.rotated',
        organizationId: token.organizationId,
        target: { type: 'token', id: tokenId, name: token.name },
        details: { overlapSeconds },
      })
    }
    const rotated = await seeToken(tx, ctx, tokenId)
    return presentToken(rotated.token, rotated.home, { ...ctx, now })
  })
}
