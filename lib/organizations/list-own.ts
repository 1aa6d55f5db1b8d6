import { findLineages, findPolicyCeilings } from '#db/queries/organizations'
import type { SignedIn } from '#lib/actor'
import { type Organization, organizationFrom } from '#lib/organizations/load'

/** The organizations that the actor is a member of, as they stand, from the root down. */
export async function listOwnOrganizations({
  db,
  organizations,
}: Pick<SignedIn, 'db' | 'organizations'>): Promise<Organization[]> {
  const [rows, ceilings] = await Promise.all([
    findLineages(
      db,
      organizations.map(({ id }) => id),
    ),
    findPolicyCeilings(db),
  ])
  const byId = new Map(rows.map((row) => [row.id, row]))
  return organizations.flatMap(({ path }) => {
    const lineage = path.flatMap((id) => byId.get(id) ?? [])
    return organizationFrom(lineage, ceilings) ?? []
  })
}
