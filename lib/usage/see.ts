import { can } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import { DomainError, notFound } from '#lib/errors'
import { loadOrganization, type Organization } from '#lib/organizations/load'
import { type Grouping, isExtended } from '#lib/usage/question'

/** What reading usage takes. */
export type UsageContext = Pick<AnyContext, 'db' | 'actor'>

/**
 * The organization whose usage is asked for, for an actor who may see it by that grouping.
 * @throws DomainError `not_found`, `tier_required`
 */
export async function seeUsage(
  { db, actor }: UsageContext,
  organizationId: string,
  groupBy: Grouping | null,
): Promise<Organization> {
  const organization = await loadOrganization(db, organizationId)
  if (organization === null || !can(actor, 'tokens.see', organization)) throw notFound()
  if (isExtended(groupBy) && !hasExtended(organization)) throw new DomainError('tier_required', refusal(organization))
  return organization
}

/** Whether an organization's effective tier has extended metrics. */
export const hasExtended = ({ tier }: Pick<Organization, 'tier'>): boolean =>
  tier === null || tier.metrics === 'extended'

const refusal = ({ name, tier, parent }: Organization) =>
  `${name} has ${tier?.name}, which has basic metrics: requests by token and outcome.${
    parent === null ? '' : ` Ask ${parent.name} for a tier with extended ones.`
  }`
