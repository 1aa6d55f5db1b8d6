import type { z } from 'zod'
import { findTierEditHits } from '#db/queries/hits'
import { listTiers } from '#db/queries/tiers'
import type { Context } from '#lib/context'
import { notFound } from '#lib/errors'
import { requirePlatform } from '#lib/organizations/hold'
import type { EditTierInput } from '#lib/tiers/schema'
import type { TierHits } from '#lib/tiers/view'

/**
 * What an edit of a tier would come to for the organizations and tokens that there are; nothing is changed.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function previewTier(
  ctx: Context,
  { tierId, rank, tokenLimit }: z.output<typeof EditTierInput>,
): Promise<TierHits> {
  await requirePlatform(ctx.db, ctx, 'tiers.manage')
  if ((await listTiers(ctx.db)).every(({ id }) => id !== tierId)) throw notFound()
  return findTierEditHits(ctx.db, { id: tierId, rank, tokenLimit }, ctx.clock())
}
