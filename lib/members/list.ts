import { countMembers, listMembers as selectMembers } from '#db/queries/members'
import { emailKey } from '#lib/accounts/schema'
import { can } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import { notFound } from '#lib/errors'
import { pageFrom, placeOf, ROWS_A_PAGE } from '#lib/lists/page'
import type { ListSearch } from '#lib/lists/search'
import type { MemberPage } from '#lib/members/view'
import type { Organization } from '#lib/organizations/load'
import { scopesOfRole } from '#lib/scopes/effective'

/**
 * One page of an organization's members, for its admins and those above; two queries, whatever the number of rows.
 * @throws DomainError `not_found` for everybody else
 */
export async function listMembers(
  { db, actor }: AnyContext,
  organization: Organization,
  search: ListSearch,
  size: number = ROWS_A_PAGE,
): Promise<MemberPage> {
  if (!can(actor, 'members.see', organization)) throw notFound()
  const text = { emailKey: emailKey(search.q), name: search.q.toLowerCase() }
  const [rows, counts] = await Promise.all([
    selectMembers(db, organization.id, text, placeOf(search), size),
    countMembers(db, organization.id),
  ])
  return {
    ...pageFrom(rows, ({ position: _, total: __, ...row }) => ({ ...row, self: row.id === actor.userId })),
    counts,
    scopes: {
      admin: scopesOfRole('admin', organization.scopesOfTier),
      member: scopesOfRole('member', organization.scopesOfTier),
      viewer: scopesOfRole('viewer'),
    },
    mayChange: can(actor, 'members.change', organization),
    mayRevokePersonal: can(actor, 'personalTokens.revoke', organization),
  }
}
