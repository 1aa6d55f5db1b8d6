import type { Queryable } from '#db/client'
import { listTiers } from '#db/queries/tiers'
import { DomainError } from '#lib/errors'
import type { Organization } from '#lib/organizations/load'

type Tier = Awaited<ReturnType<typeof listTiers>>[number]

/** Why a parent can't grant a tier of that rank; null: it can. The platform, which has no tier, grants every one. */
export function tierRefusal(rank: number, { name, tier }: Pick<Organization, 'name' | 'tier'>): string | null {
  if (tier === null || rank <= tier.rank) return null
  return `${name} has ${tier.name}, so it can't grant a higher tier.`
}

/** What a new organization gets where nobody chose: Lite, or the lowest there is. */
export const usualTier = (tiers: readonly Tier[]): Tier | undefined =>
  tiers.find(({ name }) => name === 'Lite') ?? tiers[0]

/**
 * The tier, if the parent may grant it: up to its own effective rank. Exact only while the parent is held. `tierId`
 * undefined: the usual one.
 * @throws DomainError `invalid` for a tier that is none, `not_held` beside the field
 */
export async function requireGrantableTier(
  db: Queryable,
  parent: Pick<Organization, 'name' | 'tier'>,
  tierId: string | undefined,
): Promise<Tier> {
  const tiers = await listTiers(db)
  const tier = tierId === undefined ? usualTier(tiers) : tiers.find(({ id }) => id === tierId)
  if (tier === undefined) {
    const message = 'This tier does not exist any more. Choose another.'
    throw new DomainError('invalid', message, { tierId: message })
  }
  const refusal = tierRefusal(tier.rank, parent)
  if (refusal !== null) throw new DomainError('not_held', refusal, { tierId: refusal })
  return tier
}
