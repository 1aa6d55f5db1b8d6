import { searchOrganizations } from '#db/queries/organization-search'
import type { Context } from '#lib/context'
import { loadOrganizations } from '#lib/organizations/load'
import { choiceOf } from '#lib/organizations/present'
import type { OrganizationChoice } from '#lib/organizations/view'

const MOST = 20

/**
 * Where the actor may go, by name or slug: the organizations they are a member of first, then those below one that they
 * administer. At most 20; an empty text finds all.
 */
export async function findOrganizations({ db, actor }: Context, text: string): Promise<OrganizationChoice[]> {
  const own = actor.memberships.map(({ organizationId }) => organizationId)
  const administered = actor.memberships.filter(({ role }) => role === 'admin').map((each) => each.organizationId)
  const ids = await searchOrganizations(db, { own, administered, text, limit: MOST })
  return (await loadOrganizations(db, ids)).map(choiceOf)
}
