import { violatedConstraint } from '#db/errors'
import { deleteTier as removeTier } from '#db/queries/tiers'
import { recordAudit } from '#lib/audit/record'
import type { Context } from '#lib/context'
import { DomainError } from '#lib/errors'
import { holdTier } from '#lib/tiers/hold'
import type { TierIdInput } from '#lib/tiers/schema'

/**
 * Removes a tier that no organization has and no scope begins at.
 * @throws DomainError `not_found`, `forbidden`, `in_use`
 */
export async function deleteTier(ctx: Context, { tierId }: TierIdInput): Promise<null> {
  return ctx.db.transaction(async (tx) => {
    const { platform, tier } = await holdTier(tx, ctx, tierId)
    if (tier.organizations > 0 || tier.scopes > 0) throw inUse(tier.name)
    await removeTier(tx, tierId).catch((error) => {
      // An organization got it at this very moment.
      throw violatedConstraint(error) === null ? error : inUse(tier.name)
    })
    await recordAudit(tx, ctx.actor, {
      at: ctx.clock(),
      action: 'tier.deleted',
      organizationId: platform.id,
      target: { type: 'tier', id: tierId, name: tier.name },
    })
    return null
  })
}

const inUse = (name: string) =>
  new DomainError('in_use', `${name} is in use by an organization or a scope. Give those another tier first.`)
