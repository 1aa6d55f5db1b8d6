import type { SignedIn } from '#lib/actor'
import { loadOrganizations } from '#lib/organizations/load'
import { effectiveScopes } from '#lib/scopes/effective'
import type { TokenReach } from '#lib/tokens/view'

/**
 * Where a personal token of the actor's works now, and what it may do there: in every organization they are a member
 * of, with their role; `stored` are the token's scopes, null where it has whatever its owner has.
 */
export async function listReach(
  { db, organizations }: Pick<SignedIn, 'db' | 'organizations'>,
  stored: readonly string[] | null,
): Promise<TokenReach[]> {
  const roles = new Map(organizations.map(({ id, role }) => [id, role]))
  const loaded = await loadOrganizations(db, [...roles.keys()])
  return loaded.flatMap(({ id, slug, name, suspendedBy, scopesOfTier }) => {
    const role = roles.get(id)
    if (role === undefined) return []
    const scopes = effectiveScopes({ kind: 'personal', stored, role }, scopesOfTier)
    return [{ slug, name, role, scopes, suspended: suspendedBy !== null }]
  })
}
