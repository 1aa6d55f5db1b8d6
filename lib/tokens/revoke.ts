import type { z } from 'zod'
import type { Transaction } from '#db/client'
import { announceRevocation } from '#db/queries/revocations'
import { updateToken } from '#db/queries/tokens'
import { type AuditActor, recordAudit } from '#lib/audit/record'
import type { AnyContext } from '#lib/context'
import { deleteHeld } from '#lib/tokens/delete'
import { type Held, holdToken } from '#lib/tokens/hold'
import { presentToken } from '#lib/tokens/present'
import { requireActive } from '#lib/tokens/require-active'
import type { RevokeTokenInput } from '#lib/tokens/schema'
import { awaitProof } from '#lib/verifiers/proof'
import type { Proof, Revoked } from '#lib/verifiers/view'

/**
 * Has a token refused from the commit on, for good where it `leaked`; with `andDelete` it is deleted in the same transaction.
 * @throws DomainError `not_found`, `forbidden`, `not_active`, `expired`
 */
export async function revokeToken(
  ctx: AnyContext,
  { tokenId, andDelete = false, ...why }: z.output<typeof RevokeTokenInput>,
): Promise<Revoked> {
  return ctx.db.transaction(async (tx) => {
    const held = await holdToken(tx, ctx, tokenId, 'tokens.manage')
    const revocation = await revokeHeld(tx, ctx, held, why)
    if (andDelete) await deleteHeld(tx, ctx, held)
    return { deleted: andDelete, restorable: !andDelete && isRestorable(ctx, held, why), revocation }
  })
}

/** The same, and how the verifiers answered within a second; null where that can't be read, which undoes nothing. */
export async function revokeWithProof(
  ctx: AnyContext,
  input: z.output<typeof RevokeTokenInput>,
): Promise<Revoked & { readonly proof: Proof | null }> {
  const revoked = await revokeToken(ctx, input)
  return { ...revoked, proof: await awaitProof(ctx.db, revoked.revocation) }
}

function isRestorable(ctx: AnyContext, { token, home }: Held, { leaked = false }: Why): boolean {
  const now = ctx.clock()
  return presentToken({ ...token, revokedAt: now, compromised: leaked }, home, { ...ctx, now }).actions.includes(
    'restore',
  )
}

type Why = {
  readonly reason?: string | undefined
  readonly leaked?: boolean | undefined
  readonly owner?: string | undefined
}

/**
 * The same for a token that the transaction holds already; it does not ask whether the actor may. `leaked`: it can't be
 * restored. `owner` is told in the trail where it is not plain from whose token it is. Verifiers are told at the commit,
 * and acknowledge it under the id that this gives.
 */
export async function revokeHeld(
  tx: Transaction,
  ctx: Pick<AnyContext, 'clock'> & { readonly actor: AuditActor },
  { token }: Pick<Held, 'token'>,
  { reason = '', leaked = false, owner }: Why = {},
): Promise<number> {
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
  return announceRevocation(tx, token.id)
}
