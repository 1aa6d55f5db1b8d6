import { listTiers } from '#db/queries/tiers'
import { can } from '#lib/authorization'
import type { Context } from '#lib/context'
import { tierRefusal, usualTier } from '#lib/organizations/grant-tier'
import { requireCustomers } from '#lib/organizations/list-customers'
import type { Organization } from '#lib/organizations/load'
import { kindRefusal } from '#lib/organizations/open-customer'
import type { CustomerFormOptions } from '#lib/organizations/view'

/** What the dialogs of a Customers page need to know of the organization and of the actor's rights there. */
export async function customerFormOptions(ctx: Context, organization: Organization): Promise<CustomerFormOptions> {
  requireCustomers(ctx, organization)
  const tiers = await listTiers(ctx.db)
  const grantable = tiers.filter(({ rank }) => tierRefusal(rank, organization) === null)
  return {
    organizationId: organization.id,
    organizationName: organization.name,
    tiers: tiers.map(({ id, name, rank, tokenLimit }) => ({ id, name, rank, tokenLimit })),
    usualTierId: usualTier(grantable)?.id ?? null,
    tier: organization.tier && { name: organization.tier.name, rank: organization.tier.rank },
    resellerRefusal: kindRefusal('reseller', organization),
    mayOverrideLimit: can(ctx.actor, 'limits.override', organization),
    suspendedBy: organization.suspendedBy,
  }
}
