import type { findCustomerFacts } from '#db/queries/customers'
import type { AnyActor } from '#lib/authorization'
import { standing } from '#lib/authorization'
import type { Customer } from '#lib/organizations/hold-customer'
import type { Organization } from '#lib/organizations/load'
import type { EffectiveTier } from '#lib/organizations/tier'
import type { CustomerActionName, CustomerView, OrganizationChoice, TierView } from '#lib/organizations/view'

/** A tier as its badge draws it. */
export const tierView = ({ granted, rank, name, limitedBy }: EffectiveTier): TierView => ({
  name: granted.name,
  effectiveRank: rank,
  ...(limitedBy === null ? {} : { limitedTo: { tier: name, by: limitedBy.name } }),
})

/** An organization as the switcher offers it. */
export const choiceOf = ({ slug, name, kind, tier, path }: Organization): OrganizationChoice => ({
  slug,
  name,
  kind,
  depth: path.length - 1,
  tier: tier === null ? null : tierView(tier),
})

/** An organization as the list of those below `root` shows it, with what the actor may do with it now. */
export function presentCustomer(
  actor: AnyActor,
  rootId: string,
  { customer, parent }: Customer,
  facts: Awaited<ReturnType<typeof findCustomerFacts>>[number],
): CustomerView {
  const { kind, tier, tokenLimit } = customer
  if (kind === 'platform' || tier === null || tokenLimit === null) throw new Error('the platform is below nothing')
  return {
    id: customer.id,
    slug: customer.slug,
    name: customer.name,
    kind,
    contact: customer.contact,
    tierId: tier.granted.id,
    tier: tierView(tier),
    used: facts.used,
    limit: tokenLimit,
    limitOverride: customer.tokenLimitOverride,
    parent: {
      slug: parent.slug,
      name: parent.name,
      rank: parent.tier?.rank ?? null,
      tier: parent.tier?.name ?? null,
    },
    direct: parent.id === rootId,
    below: facts.below,
    status: customer.closed ? 'closed' : customer.suspendedBy === null ? 'open' : 'suspended',
    suspendedBy: customer.suspendedAt === null ? customer.suspendedBy : null,
    lastActivityAt: facts.lastActivityAt,
    openedAt: facts.openedAt,
    actions: actionsOn(actor, customer, parent),
  }
}

function actionsOn(actor: AnyActor, customer: Organization, parent: Organization): CustomerActionName[] {
  if (customer.closed || !standing(actor, customer).adminAbove) return []
  const suspended = customer.suspendedAt !== null
  if (suspended && parent.suspendedBy !== null) return ['edit', 'close']
  return ['edit', suspended ? 'resume' : 'suspend', 'close']
}
