import type { Queryable, Transaction } from '#db/client'
import { listScopes } from '#db/queries/scopes'
import { listTiersInUse } from '#db/queries/tiers'
import type { Context } from '#lib/context'
import { DomainError, notFound } from '#lib/errors'
import { holdPlatform } from '#lib/organizations/hold'
import type { Organization } from '#lib/organizations/load'
import type { ScopeRow } from '#lib/scopes/view'

/** A scope that the platform defined, with the platform held, so that no two change scopes at once. */
export async function holdScope(
  tx: Transaction,
  ctx: Pick<Context, 'actor'>,
  name: string,
): Promise<{ platform: Organization; scope: ScopeRow }> {
  const platform = await holdPlatform(tx, ctx, 'scopes.manage')
  const scope = (await listScopes(tx)).find((each) => each.name === name)
  if (scope === undefined) throw notFound()
  return { platform, scope }
}

/**
 * The name of the tier that a scope is to begin at, "every tier" for null.
 * @throws DomainError `invalid` beside the field where there is no such tier
 */
export async function tierNameOf(db: Queryable, tierId: string | null): Promise<string> {
  if (tierId === null) return 'every tier'
  const tier = (await listTiersInUse(db)).find(({ id }) => id === tierId)
  if (tier !== undefined) return tier.name
  throw new DomainError('invalid', 'Some fields need another look.', { tierId: 'This tier does not exist any more.' })
}
