import type { Queryable, Transaction } from '#db/client'
import { countActiveTokens, findOldestActiveToken, lockToken } from '#db/queries/tokens'
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

/** The token that a new one takes the place of. */
export type Replaced = { readonly id: string; readonly name: string }

/**
 * The same for a new token where the tier has it replace the oldest: null where there is room, else the token whose place
 * it takes, held. `named` is the one that somebody was told of and agreed to. Its callers hold the organization.
 * @throws DomainError `token_limit` where nothing can be replaced, `would_replace` where another one would be
 */
export async function makeRoom(
  tx: Transaction,
  { organization }: Home,
  named: string | undefined,
  now: Date,
): Promise<Replaced | null> {
  if (organization === null || organization.tokenLimit === null) return null
  // Held before it is counted: it may be about to be revoked.
  const expected = await findReplaced(tx, organization, now)
  if (expected !== null && expected.id === named) await lockToken(tx, expected.id)
  const used = await countActiveTokens(tx, organization.id, now)
  if (used < organization.tokenLimit) return null
  const replaced = await findReplaced(tx, organization, now)
  if (replaced === null) throw new DomainError('token_limit', limitReached(organization, used))
  if (replaced.id !== named)
    throw new DomainError(
      'would_replace',
      `A new token takes the place of "${replaced.name}", the oldest one now. Nothing was replaced yet.`,
    )
  return replaced
}

/**
 * The token that one more would take the place of: the oldest active organization token, where the tier replaces and
 * exactly as many are in use as it allows; null where there is none, so room is left or a new one is refused.
 */
export async function findReplaced(
  db: Queryable,
  organization: Pick<Organization, 'id' | 'tier' | 'tokenLimit'>,
  now: Date,
): Promise<Replaced | null> {
  if (organization.tier?.atLimit !== 'replace') return null
  if ((await countActiveTokens(db, organization.id, now)) !== organization.tokenLimit) return null
  return findOldestActiveToken(db, organization.id, now)
}

/** For example: "Birch has 1 of 1 active tokens, the limit of Lite. Revoke one, or ask Northwind for a higher tier." */
export function limitReached(
  organization: Pick<Organization, 'name' | 'tokenLimit' | 'tokenLimitOverride' | 'tier' | 'parent'>,
  used: number,
): string {
  const { tier, tokenLimitOverride, parent } = organization
  const isTiers = tier !== null && tokenLimitOverride === null
  const whose = isTiers ? `the limit of ${tier.name}` : 'its limit'
  const ask = parent === null ? '' : `, or ask ${parent.name} for a higher ${isTiers ? 'tier' : 'limit'}`
  return `${organization.name} has ${used} of ${organization.tokenLimit} active tokens, ${whose}. Revoke one${ask}.`
}
