import type { z } from 'zod'
import type { Transaction } from '#db/client'
import { updateToken } from '#db/queries/tokens'
import { type AuditActor, recordAudit } from '#lib/audit/record'
import type { Context } from '#lib/context'
import { deleteHeld } from '#lib/tokens/delete'
import { type Held, holdToken } from '#lib/tokens/hold'
import { requireActive } from '#lib/tokens/require-active'
import type { RevokeTokenInput } from '#lib/tokens/schema'

/**
 * Has a token refused from the commit on, for good where it `leaked`; with `andDelete` it is deleted in the same transaction.
 * @throws DomainError `not_found`, `forbidden`, `not_active`, `expired`
 */
export async function revokeToken(
  ctx: Context,
  { tokenId, andDelete = false, ...why }: z.output<typeof RevokeTokenInput>,
): Promise<{ deleted: boolean }> {
  return ctx.db.transaction(async (tx) => {
    const held = await holdToken(tx, ctx, tokenId, 'tokens.manage')
    await revokeHeld(tx, ctx, held, why)
    if (andDelete) await deleteHeld(tx, ctx, held)
    return { deleted: andDelete }
  })
}

type Why = {
  readonly reason?: string | undefined
  readonly leaked?: boolean | undefined
  readonly owner?: string | undefined
}

/**
 * The same for a token that the transaction holds already; it does not ask whether the actor may. `leaked`: it can't be
 * restored. `owner` is told in the trail where it is not plain from whose token it is.
 */
export async function revokeHeld(
  tx: Transaction,
  ctx: Pick<Context, 'clock'> & { readonly actor: AuditActor },
  { token }: Pick<Held, 'token'>,
  { reason = '', leaked = false, owner }: Why = {},
): Promise<void> {
  const now = ctx.clock()
  requireActive(token, now)
  await updateToken(tx, token.id, {
    revokedAt: now,
    revokedBy: ctx.actor.userId,
    revokeReason: reason === '' ? null : reason,
    compromised: leaked,
    updatedAt: now,
  })
  await recordAudit(tx, ctx.actor, {
    at: now,
    action: 'token.revoked',
    organizationId: token.organizationId,
    target: { type: 'token', id: token.id, name: token.name },
    details: { ...(owner !== undefined && { owner }), ...(leaked && { leaked }), ...(reason !== '' && { reason }) },
  })
}
