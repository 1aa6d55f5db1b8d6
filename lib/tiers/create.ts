import type { z } from 'zod'
import { violatedConstraint } from '#db/errors'
import { insertTier } from '#db/queries/tiers'
import { recordAudit } from '#lib/audit/record'
import type { Context } from '#lib/context'
import { holdPlatform } from '#lib/organizations/hold'
import { tierNameTaken } from '#lib/tiers/hold'
import type { CreateTierInput } from '#lib/tiers/schema'

/**
 * Adds a tier.
 * @throws DomainError `not_found`, `forbidden`, `name_taken` beside the field
 */
export async function createTier(ctx: Context, input: z.output<typeof CreateTierInput>): Promise<{ id: string }> {
  return ctx.db.transaction(async (tx) => {
    const platform = await holdPlatform(tx, ctx, 'tiers.manage')
    const { id } = await insertTier(tx, input).catch((error) => {
      throw violatedConstraint(error) === 'tiers_name' ? tierNameTaken(input.name) : error
    })
    await recordAudit(tx, ctx.actor, {
      at: ctx.clock(),
      action: 'tier.created',
      organizationId: platform.id,
      target: { type: 'tier', id, name: input.name },
    })
    return { id }
  })
}
