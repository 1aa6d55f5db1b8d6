import type { Transaction } from '#db/client'
import { deleteSecrets } from '#db/queries/token-secrets'
import { findToken, type TokenRow, updateToken } from '#db/queries/tokens'
import { recordAudit } from '#lib/audit/record'
import type { AnyContext } from '#lib/context'
import { DomainError, notFound } from '#lib/errors'
import { type Held, holdToken } from '#lib/tokens/hold'
import type { TokenIdInput } from '#lib/tokens/schema'
import { statusOf } from '#lib/tokens/status'

/**
 * Ends a token for good: its secrets are destroyed, a tombstone and the trail remain.
 * @throws DomainError `not_found`, `forbidden`, `not_deletable` while it is active and the policy is `revoked-only`
 */
export async function deleteToken(ctx: AnyContext, { tokenId }: TokenIdInput): Promise<null> {
  return ctx.db.transaction(async (tx) => {
    await deleteHeld(tx, ctx, await holdToken(tx, ctx, tokenId, 'tokens.manage'))
    return null
  })
}

/** The same for a token that the transaction holds already; it is looked at anew, as it may just have been revoked. */
export async function deleteHeld(tx: Transaction, ctx: AnyContext, { token: { id }, home }: Held): Promise<void> {
  const now = ctx.clock()
  const token = await findToken(tx, id)
  if (token === null) throw notFound()
  if (statusOf(token, now) === 'active' && home.policies.deletePolicy === 'revoked-only')
    throw new DomainError('not_deletable', 'An active token must be revoked before it can be deleted.')
  await buryToken(tx, ctx, token, now)
}

/** Ends a token that the transaction holds; it judges nothing. `replacedBy` is the name of what takes its place. */
export async function buryToken(
  tx: Transaction,
  ctx: Pick<AnyContext, 'actor'>,
  { id, name, organizationId }: Pick<TokenRow, 'id' | 'name' | 'organizationId'>,
  now: Date,
  replacedBy?: string,
): Promise<void> {
  await deleteSecrets(tx, id)
  await updateToken(tx, id, {
    deletedAt: now,
    deletedBy: ctx.actor.userId,
    rotationOverlapSeconds: null,
    updatedAt: now,
  })
  await recordAudit(tx, ctx.actor, {
    at: now,
    action: 'token.deleted',
    organizationId,
    target: { type: 'token', id, name },
    ...(replacedBy === undefined ? {} : { details: { replacedBy } }),
  })
}
