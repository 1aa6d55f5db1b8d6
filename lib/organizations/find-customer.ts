import { countClosingHits, findTierHits } from '#db/queries/hits'
import type { Context } from '#lib/context'
import { notFound } from '#lib/errors'
import { seeCustomer } from '#lib/organizations/hold-customer'
import { presentCustomers } from '#lib/organizations/list-customers'
import { loadOrganizationBySlug, type Organization } from '#lib/organizations/load'
import type { CustomerHits, CustomerView } from '#lib/organizations/view'

/** One organization somewhere below another, for its Edit dialog; null where the actor can change none of that slug there. */
export async function findCustomer(ctx: Context, above: Organization, slug: string): Promise<CustomerView | null> {
  const customer = await loadOrganizationBySlug(ctx.db, slug)
  if (customer === null || customer.id === above.id || !customer.path.includes(above.id)) return null
  const [view] = await presentCustomers(ctx, above.id, [customer.id])
  return view?.actions.includes('edit') ? view : null
}

/**
 * What closing the organization of that slug would hit, and, with `tierId`, what giving it that tier would.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function findCustomerHits(ctx: Context, slug: string, tierId: string | null): Promise<CustomerHits> {
  const found = await loadOrganizationBySlug(ctx.db, slug)
  if (found === null) throw notFound()
  const { customer, parent } = await seeCustomer(ctx.db, ctx, found.id)
  const now = ctx.clock()
  const [closing, tier] = await Promise.all([
    countClosingHits(ctx.db, customer.id, now),
    tierId === null ? null : findTierHits(ctx.db, { organizationId: customer.id, tierId, ceiling: parent.tier, now }),
  ])
  return { ...closing, tier }
}
