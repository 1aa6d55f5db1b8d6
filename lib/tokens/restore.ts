import type { Transaction } from '#db/client'
import { updateToken } from '#db/queries/tokens'
import { recordAudit } from '#lib/audit/record'
import type { AnyContext } from '#lib/context'
import { DomainError } from '#lib/errors'
import { requireWithinPolicy } from '#lib/policies/lifetime'
import { type Held, holdToken, seeToken } from '#lib/tokens/hold'
import { requireOpen } from '#lib/tokens/home'
import { requireRoom } from '#lib/tokens/limit'
import { presentToken } from '#lib/tokens/present'
import type { TokenIdInput } from '#lib/tokens/schema'
import type { TokenView } from '#lib/tokens/view'

/**
 * Lets a revoked token work again, with the same secret.
 * @throws DomainError `not_found`, `forbidden`, `organization_suspended`, `not_revoked`, `compromised`, `expired`, `over_policy`, `token_limit`
 */
export async function restoreToken(ctx: AnyContext, { tokenId }: TokenIdInput): Promise<TokenView> {
  return ctx.db.transaction(async (tx) => {
    await restoreHeld(tx, ctx, await holdToken(tx, ctx, tokenId, 'tokens.manage', { counting: true }))
    const { token, home } = await seeToken(tx, ctx, tokenId)
    return presentToken(token, home, { ...ctx, now: ctx.clock() })
  })
}

/** The same for a token that the transaction holds together with its organization. */
export async function restoreHeld(tx: Transaction, ctx: AnyContext, { token, home }: Held): Promise<void> {
  const now = ctx.clock()
  requireOpen(home)
  if (token.revokedAt === null) throw new DomainError('not_revoked', 'This token is not revoked.')
  if (token.compromised)
    throw new DomainError('compromised', 'This token leaked, so it stays revoked. Make a new one in its place.')
  if (token.expiresAt !== null && token.expiresAt <= now)
    throw new DomainError('expired', 'This token has expired meanwhile. Make a new one in its place.')
  requireWithinPolicy(token, home.policies)
  await requireRoom(tx, home, now)
  await updateToken(tx, token.id, { revokedAt: null, revokedBy: null, revokeReason: null, updatedAt: now })
  await recordAudit(tx, ctx.actor, {
    at: now,
    action: 'token.restored',
    organizationId: token.organizationId,
    target: { type: 'token', id: token.id, name: token.name },
  })
}
