import { listScopes as selectScopes } from '#db/queries/scopes'
import type { Context } from '#lib/context'
import { requirePlatform } from '#lib/organizations/hold'
import type { ScopeRow } from '#lib/scopes/view'

/**
 * The scopes that the platform defined, by name: for its admins.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function listScopes(ctx: Context): Promise<ScopeRow[]> {
  await requirePlatform(ctx.db, ctx, 'scopes.manage')
  return selectScopes(ctx.db)
}
