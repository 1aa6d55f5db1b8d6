import type { z } from 'zod'
import { violatedConstraint } from '#db/errors'
import { updateTier } from '#db/queries/tiers'
import { recordAudit } from '#lib/audit/record'
import type { Context } from '#lib/context'
import { holdTier, tierNameTaken } from '#lib/tiers/hold'
import type { EditTierInput } from '#lib/tiers/schema'

const TITLES = {
  name: 'Name',
  rank: 'Rank',
  tokenLimit: 'Token limit',
  atLimit: 'At the limit',
  metrics: 'Metrics',
} as const

/**
 * Makes a tier what is given. Who falls over the limit by it keeps every token, and gets no new one.
 * @throws DomainError `not_found`, `forbidden`, `name_taken` beside the field
 */
export async function editTier(ctx: Context, { tierId, ...wanted }: z.output<typeof EditTierInput>): Promise<null> {
  return ctx.db.transaction(async (tx) => {
    const { platform, tier } = await holdTier(tx, ctx, tierId)
    const names = ['name', 'rank', 'tokenLimit', 'atLimit', 'metrics'] as const
    const changes = names.flatMap((name) =>
      tier[name] === wanted[name] ? [] : [{ field: TITLES[name], from: String(tier[name]), to: String(wanted[name]) }],
    )
    if (changes.length === 0) return null
    await updateTier(tx, tierId, wanted).catch((error) => {
      throw violatedConstraint(error) === 'tiers_name' ? tierNameTaken(wanted.name) : error
    })
    await recordAudit(tx, ctx.actor, {
      at: ctx.clock(),
      action: 'tier.edited',
      organizationId: platform.id,
      target: { type: 'tier', id: tierId, name: wanted.name },
      details: { changes },
    })
    return null
  })
}
