import type { Queryable } from '#db/client'
import { findPolicyCeilings } from '#db/queries/organizations'
import { type Actor, can, type Permission } from '#lib/authorization'
import { loadOrganizations, type Organization, requireNotSuspended } from '#lib/organizations/load'
import { type EffectivePolicies, narrow, sourced } from '#lib/policies/effective'

/**
 * Where tokens live, and whose policies count there: an organization, for organization and service tokens; or the actor
 * in person (`organization` null), for whom the tightest policies of all their organizations count.
 */
export type Home = {
  readonly organization: Organization | null
  readonly policies: EffectivePolicies
  /** The platform's own scopes that tokens there can have: by the tier, for one's own in any of one's organizations. */
  readonly scopesOfTier: readonly string[]
}

/** An organization as the home of its tokens. */
export const homeOf = (organization: Organization): Home => ({
  organization,
  policies: organization.policies,
  scopesOfTier: organization.scopesOfTier,
})

/** The actor's own home, for their personal tokens, with the policies of this moment. */
export async function loadPersonalHome(db: Queryable, actor: Actor): Promise<Home> {
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
  const scopesOfTier = [...new Set(organizations.flatMap((each) => each.scopesOfTier))]
  return { organization: null, policies, scopesOfTier }
}

/** Whether the actor may do that with the tokens that live there; with their own, everything. */
export const mayAt = (actor: Actor, permission: Permission, { organization }: Home): boolean =>
  organization === null || can(actor, permission, organization)

/**
 * Refuses what nobody may do in a suspended organization. A person is never suspended: their tokens are refused where
 * the organization is, by verification.
 * @throws DomainError `organization_suspended`
 */
export function requireOpen({ organization }: Home): void {
  if (organization !== null) requireNotSuspended(organization)
}
