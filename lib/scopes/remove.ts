import { deleteScope } from '#db/queries/scopes'
import { recordAudit } from '#lib/audit/record'
import type { Context } from '#lib/context'
import { holdScope } from '#lib/scopes/hold'
import type { ScopeNameInput } from '#lib/scopes/schema'

/**
 * Removes a scope, from every token and API user that carries it too; tells how many tokens lost it.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function removeScope(ctx: Context, { name }: ScopeNameInput): Promise<{ tokens: number }> {
  return ctx.db.transaction(async (tx) => {
    const { platform } = await holdScope(tx, ctx, name)
    const now = ctx.clock()
    const tokens = await deleteScope(tx, name, now)
    await recordAudit(tx, ctx.actor, {
      at: now,
      action: 'scope.removed',
      organizationId: platform.id,
      target: { type: 'scope', id: name, name },
      details: { tokensLosing: tokens },
    })
    return { tokens }
  })
}
