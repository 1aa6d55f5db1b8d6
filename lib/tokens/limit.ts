import type { Transaction } from '#db/client'
import { countActiveTokens } from '#db/queries/tokens'
import { DomainError } from '#lib/errors'
import type { Organization } from '#lib/organizations/load'
import type { Home } from '#lib/tokens/home'

/**
 * Refuses one more active token where the limit is reached; personal tokens count against none. Exact under any
 * concurrency, because its callers hold the organization.
 * @throws DomainError `token_limit` with the limit, the tier and whom to ask
 */
export async function requireRoom(tx: Transaction, { organization }: Home, now: Date): Promise<void> {
  if (organization === null || organization.tokenLimit === null) return
  const used = await countActiveTokens(tx, organization.id, now)
  if (used >= organization.tokenLimit) throw new DomainError('token_limit', limitReached(organization, used))
}

/** For example: "Birch has 1 of 1 active tokens, the limit of Lite. Revoke one, or ask Northwind for a higher tier." */
export function limitReached(
  organization: Pick<Organization, 'name' | 'tokenLimit' | 'tier' | 'parent'>,
  used: number,
): string {
  const whose = organization.tier === null ? 'its limit' : `the limit of ${organization.tier.name}`
  const ask = organization.parent === null ? '' : `, or ask ${organization.parent.name} for a higher tier`
  return `${organization.name} has ${used} of ${organization.tokenLimit} active tokens, ${whose}. Revoke one${ask}.`
}
