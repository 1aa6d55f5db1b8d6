import type { Transaction } from '#db/client'
import { listTiersInUse } from '#db/queries/tiers'
import type { Context } from '#lib/context'
import { DomainError, notFound } from '#lib/errors'
import { holdPlatform } from '#lib/organizations/hold'
import type { Organization } from '#lib/organizations/load'
import type { TierRow } from '#lib/tiers/view'

/** A tier, with the platform held, so that no two change tiers at once. */
export async function holdTier(
  tx: Transaction,
  ctx: Pick<Context, 'actor'>,
  tierId: string,
): Promise<{ platform: Organization; tier: TierRow }> {
  const platform = await holdPlatform(tx, ctx, 'tiers.manage')
  const tier = (await listTiersInUse(tx)).find(({ id }) => id === tierId)
  if (tier === undefined) throw notFound()
  return { platform, tier }
}

/** The refusal of a name that another tier has, in whatever case. */
export function tierNameTaken(name: string): DomainError {
  const message = `A tier named "${name}" exists. Choose another name.`
  return new DomainError('name_taken', message, { name: message })
}
