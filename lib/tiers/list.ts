import { listTiersInUse as selectTiers } from '#db/queries/tiers'
import type { Context } from '#lib/context'
import { requirePlatform } from '#lib/organizations/hold'
import type { TierRow } from '#lib/tiers/view'

/**
 * Every tier by rank, with how much it is in use: for admins of the platform.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function listTiersInUse(ctx: Context): Promise<TierRow[]> {
  await requirePlatform(ctx.db, ctx, 'tiers.manage')
  return selectTiers(ctx.db)
}
