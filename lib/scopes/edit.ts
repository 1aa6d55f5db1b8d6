import type { z } from 'zod'
import { updateScope } from '#db/queries/scopes'
import { recordAudit } from '#lib/audit/record'
import type { Context } from '#lib/context'
import { holdScope, tierNameOf } from '#lib/scopes/hold'
import type { EditScopeInput } from '#lib/scopes/schema'

/**
 * Changes what a scope is for and the lowest tier that has it; who falls below loses it at once.
 * @throws DomainError `not_found`, `forbidden`, `invalid` beside the field
 */
export async function editScope(
  ctx: Context,
  { name, description, tierId }: z.output<typeof EditScopeInput>,
): Promise<null> {
  return ctx.db.transaction(async (tx) => {
    const { platform, scope } = await holdScope(tx, ctx, name)
    const changes = [
      ...(description === scope.description
        ? []
        : [{ field: 'Description', from: scope.description, to: description }]),
      ...(tierId === scope.tierId
        ? []
        : [{ field: 'Lowest tier', from: await tierNameOf(tx, scope.tierId), to: await tierNameOf(tx, tierId) }]),
    ]
    if (changes.length === 0) return null
    await updateScope(tx, name, { description, tierId })
    await recordAudit(tx, ctx.actor, {
      at: ctx.clock(),
      action: 'scope.edited',
      organizationId: platform.id,
      target: { type: 'scope', id: name, name },
      details: { changes },
    })
    return null
  })
}
