import type { Queryable, Transaction } from '#db/client'
import { findLineage, findPolicyCeilings, type LineageRow } from '#db/queries/organizations'
import type { AnyActor, Permission } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import { authorizeAt, type HeldOrganization, holdOrganization } from '#lib/organizations/hold'
import { loadOrganization, type Organization } from '#lib/organizations/load'
import type { Policies } from '#lib/policies/view'

/** An organization with all that its policies are judged by: the rows from the platform to it, and the ceilings. */
export type Seen = {
  readonly organization: Organization
  readonly lineage: readonly LineageRow[]
  readonly ceilings: Policies
}

/**
 * An organization and its policies as they stand, for an actor who may do that there.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function seePolicies(
  db: Queryable,
  { actor }: Pick<AnyContext, 'actor'>,
  organizationId: string,
  permission: Permission,
): Promise<Seen> {
  const [organization, lineage, ceilings] = await Promise.all([
    loadOrganization(db, organizationId),
    findLineage(db, organizationId),
    findPolicyCeilings(db),
  ])
  authorizeAt(actor, permission, organization)
  return { organization, lineage, ceilings }
}

/** The same, held until the transaction ends, and whoever acts with what they have since then. */
export async function holdPolicies<Who extends AnyActor>(
  tx: Transaction,
  ctx: { readonly actor: Who },
  organizationId: string,
  permission: Permission,
): Promise<Seen & HeldOrganization<Who>> {
  const { actor } = await holdOrganization(tx, ctx, organizationId, permission)
  return { ...(await seePolicies(tx, { actor }, organizationId, permission)), actor }
}
