import type { Queryable } from '#db/client'
import { findPolicyCeilings } from '#db/queries/organizations'
import { type AnyActor, can, type Permission } from '#lib/authorization'
import { notFound } from '#lib/errors'
import { loadOrganizations, type Organization, requireNotSuspended } from '#lib/organizations/load'
import { type EffectivePolicies, narrow, sourced } from '#lib/policies/effective'
import type { RoleThere } from '#lib/scopes/effective'

/**
 * Where tokens live, and whose policies count there: an organization, for organization and service tokens; or the actor
 * in person (`organization` null), for whom the tightest policies of all their organizations count.
 */
export type Home = {
  readonly organization: Organization | null
  readonly policies: EffectivePolicies
  /** Of the actor in person, in each of their organizations; none where the home is an organization. */
  readonly roles: readonly RoleThere[]
}

/** An organization as the home of its tokens. */
export const homeOf = (organization: Organization): Home => ({
  organization,
  policies: organization.policies,
  roles: [],
})

/** The actor's own home, for their personal tokens, with the policies of this moment. */
export async function loadPersonalHome(db: Queryable, actor: AnyActor): Promise<Home> {
  const [organizations, ceilings] = await Promise.all([
    loadOrganizations(
      db,
      actor.memberships.map(({ organizationId }) => organizationId),
    ),
    findPolicyCeilings(db),
  ])
  const policies = organizations.reduce(
    (held, each) => narrow(held, each.policies, (name) => each.policies.setBy[name] ?? each.name),
    sourced(ceilings, null),
  )
  const roles = organizations.flatMap(({ id, scopesOfTier }) =>
    actor.memberships.filter((each) => each.organizationId === id).map(({ role }) => ({ role, scopesOfTier })),
  )
  return { organization: null, policies, roles }
}

/**
 * Whose a home without an organization is. Whoever has got hold of one personal token is not to get others by it.
 * @throws DomainError `not_found` for a token that acts
 */
export function requirePerson({ userId, token }: AnyActor): string {
  if (userId === null || token !== undefined) throw notFound()
  return userId
}

/** Whether the actor may do that with the tokens that live there; with their own, everything. */
export const mayAt = (actor: AnyActor, permission: Permission, { organization }: Home): boolean =>
  organization === null || can(actor, permission, organization)

/**
 * Refuses what nobody may do in a suspended organization. A person is never suspended: their tokens are refused where
 * the organization is, by verification.
 * @throws DomainError `organization_suspended`
 */
export function requireOpen({ organization }: Home): void {
  if (organization !== null) requireNotSuspended(organization)
}
