import { listServiceAccounts } from '#db/queries/service-accounts'
import { can } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import { notFound } from '#lib/errors'
import type { Organization } from '#lib/organizations/load'
import type { ApiUserView } from '#lib/service-accounts/view'

/**
 * One API user of an organization, for its admins and those above.
 * @throws DomainError `not_found` for everybody else, and where there is none
 */
export async function viewApiUser(
  { db, actor, clock }: AnyContext,
  organization: Organization,
  apiUserId: string,
): Promise<ApiUserView> {
  if (!can(actor, 'apiUsers.see', organization)) throw notFound()
  const text = { nameKey: '', now: clock() }
  const [row] = await listServiceAccounts(db, organization.id, text, { from: 'at', id: apiUserId }, 1)
  if (row === undefined) throw notFound()
  return row
}
