import { listScopes } from '#db/queries/scopes'
import { countServiceAccounts, listServiceAccounts } from '#db/queries/service-accounts'
import { can, type Role } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import { notFound } from '#lib/errors'
import { pageFrom, placeOf, ROWS_A_PAGE } from '#lib/lists/page'
import type { ListSearch } from '#lib/lists/search'
import { nameKey } from '#lib/names'
import type { Organization } from '#lib/organizations/load'
import { effectiveScopes } from '#lib/scopes/effective'
import { listScopeOptions } from '#lib/scopes/grant'
import type { ApiUserPage } from '#lib/service-accounts/view'
import { homeOf } from '#lib/tokens/home'
import type { ScopeOption } from '#lib/tokens/view'

/**
 * One page of an organization's API users, for its admins and those above; two queries, whatever the number of rows.
 * @throws DomainError `not_found` for everybody else
 */
export async function listApiUsers(
  { db, actor, clock }: AnyContext,
  organization: Organization,
  search: ListSearch,
  size: number = ROWS_A_PAGE,
): Promise<ApiUserPage> {
  if (!can(actor, 'apiUsers.see', organization)) throw notFound()
  const now = clock()
  const text = { nameKey: nameKey(search.q), now }
  const [rows, counts] = await Promise.all([
    listServiceAccounts(db, organization.id, text, placeOf(search), size),
    countServiceAccounts(db, organization.id, now),
  ])
  const options = listScopeOptions(actor, homeOf(organization), await listScopes(db))
  return {
    ...pageFrom(rows, ({ position: _, total: __, ...row }) => row),
    counts,
    scopes: {
      admin: under('admin', options, organization.scopesOfTier),
      member: under('member', options, organization.scopesOfTier),
      viewer: under('viewer', options, organization.scopesOfTier),
    },
  }
}

/** Scopes as they may be chosen for an API user of that role: what the role does not hold is refused. */
function under(role: Role, options: readonly ScopeOption[], scopesOfTier: readonly string[]): ScopeOption[] {
  const stored = options.map(({ name }) => name)
  const held = effectiveScopes({ kind: 'service', stored, apiUser: { role, scopes: stored } }, scopesOfTier)
  return options.map((option) =>
    option.refusal !== null || held.includes(option.name)
      ? option
      : { ...option, refusal: `${role === 'admin' ? 'An' : 'A'} ${role} doesn't hold it.` },
  )
}
