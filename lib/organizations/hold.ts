import type { Queryable, Transaction } from '#db/client'
import { findPlatform, lockOrganization } from '#db/queries/organizations'
import { type AnyActor, can, type Permission } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import { DomainError, notFound } from '#lib/errors'
import { asOfNow } from '#lib/organizations/as-of-now'
import { loadOrganization, type Organization } from '#lib/organizations/load'
import { shareScopes } from '#lib/scopes/share'

/**
 * Refuses unless the actor may do that there; who may not even see the organization is told that it does not exist.
 * @throws DomainError `not_found`, `forbidden`
 */
export function authorizeAt(
  actor: AnyActor,
  permission: Permission,
  organization: Organization | null,
): asserts organization is Organization {
  if (organization === null || !can(actor, 'tokens.see', organization)) throw notFound()
  if (!can(actor, permission, organization))
    throw new DomainError('forbidden', `Only admins of ${organization.name} can do that.`)
}

/** An organization that is held, and whoever acts with what they have since it is: by that alone they are judged. */
export type HeldOrganization<Who extends AnyActor = AnyActor> = {
  readonly organization: Organization
  readonly actor: Who
}

/**
 * The organization held until the transaction ends, for an actor who may do that there by the roles that they have at
 * that moment: of two admins who take each other's role away at once, the second has none any more. With it `scopes`
 * that something there is to be given.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function holdOrganization<Who extends AnyActor>(
  tx: Transaction,
  { actor }: { readonly actor: Who },
  organizationId: string,
  permission: Permission,
  scopes: readonly string[] = [],
): Promise<HeldOrganization<Who>> {
  authorizeAt(actor, permission, await loadOrganization(tx, organizationId))
  await lockOrganization(tx, organizationId)
  await shareScopes(tx, scopes)
  const organization = await loadOrganization(tx, organizationId)
  const latest = organization === null ? actor : await asOfNow(tx, actor, organization)
  authorizeAt(latest, permission, organization)
  return { organization, actor: latest }
}

/** The platform held, for what is the platform's alone: its tiers and scopes. */
export async function holdPlatform(
  tx: Transaction,
  ctx: Pick<AnyContext, 'actor'>,
  permission: Permission,
): Promise<Organization> {
  const platform = await findPlatform(tx)
  if (platform === null) throw notFound()
  return (await holdOrganization(tx, ctx, platform.id, permission)).organization
}

/** Refuses unless the actor may do that with what is the platform's alone, to look at it. */
export async function requirePlatform(
  db: Queryable,
  { actor }: Pick<AnyContext, 'actor'>,
  permission: Permission,
): Promise<void> {
  const platform = await findPlatform(db)
  authorizeAt(actor, permission, platform && (await loadOrganization(db, platform.id)))
}
