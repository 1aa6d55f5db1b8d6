import type { z } from 'zod'
import { listTierStandings, listTiersInUse } from '#db/queries/tiers'
import type { Context } from '#lib/context'
import { notFound } from '#lib/errors'
import { requirePlatform } from '#lib/organizations/hold'
import { effectiveTier } from '#lib/organizations/tier'
import type { EditTierInput } from '#lib/tiers/schema'
import type { TierEffect } from '#lib/tiers/view'

const FIRST = 20

/**
 * What an edit of a tier would come to for the organizations that there are; nothing is changed.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function previewTier(
  ctx: Context,
  { tierId, ...wanted }: z.output<typeof EditTierInput>,
): Promise<TierEffect> {
  await requirePlatform(ctx.db, ctx, 'tiers.manage')
  const tiers = await listTiersInUse(ctx.db)
  if (tiers.every(({ id }) => id !== tierId)) throw notFound()
  const standings = await listTierStandings(ctx.db, ctx.clock())
  const byId = new Map(standings.map((each) => [each.id, each]))
  const before = new Map(tiers.map((tier) => [tier.id, tier]))
  const after = new Map(tiers.map((tier) => [tier.id, tier.id === tierId ? { ...tier, ...wanted } : tier]))

  const over: TierEffect['first'][number][] = []
  let changed = 0
  for (const { slug, name, path, used, tokenLimitOverride } of standings) {
    const above = path.flatMap((id) => byId.get(id) ?? [])
    const tierBy = (all: typeof before) =>
      effectiveTier(above.map((each) => ({ name: each.name, tier: all.get(each.tierId ?? '') ?? null })))
    const [now, then] = [tierBy(before), tierBy(after)]
    if (now === null || then === null) continue
    if (now.id !== then.id) changed++
    const limit = tokenLimitOverride ?? then.tokenLimit
    if (used > limit && used <= (tokenLimitOverride ?? now.tokenLimit)) over.push({ slug, name, used, limit })
  }
  return { over: over.length, first: over.slice(0, FIRST), changed }
}
