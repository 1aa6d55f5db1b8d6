import { listMembers } from '#db/queries/members'
import { can } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import { notFound } from '#lib/errors'
import type { MemberView } from '#lib/members/view'
import type { Organization } from '#lib/organizations/load'

/**
 * One member of an organization, for its admins and those above.
 * @throws DomainError `not_found` for everybody else, and where the user is no member
 */
export async function viewMember(
  { db, actor }: AnyContext,
  organization: Organization,
  userId: string,
): Promise<MemberView> {
  if (!can(actor, 'members.see', organization)) throw notFound()
  const [row] = await listMembers(db, organization.id, { emailKey: '', name: '' }, { from: 'at', id: userId }, 1)
  if (row === undefined) throw notFound()
  return { ...row, self: row.id === actor.userId }
}
