import type { Queryable, Transaction } from '#db/client'
import { lockOrganizations } from '#db/queries/organizations'
import { can, standing } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import { DomainError, notFound } from '#lib/errors'
import { asOfNow } from '#lib/organizations/as-of-now'
import { loadOrganization, type Organization } from '#lib/organizations/load'

/** An organization with the one it stands below. */
export type Customer = { readonly customer: Organization; readonly parent: Organization }

/**
 * Refuses unless the actor administers an organization above: nobody changes their own tier or suspension. Who may not
 * even see it is told that it does not exist. It does not look at suspension.
 * @throws DomainError `not_found`, `forbidden`, also for what is closed, which nobody changes any more
 */
export function requireAbove(
  { actor }: Pick<AnyContext, 'actor'>,
  customer: Organization | null,
): asserts customer is Organization {
  if (customer === null || !can(actor, 'tokens.see', customer)) throw notFound()
  const { adminAbove } = standing(actor, customer)
  if (adminAbove && customer.closed)
    throw new DomainError('forbidden', `${customer.name} is closed. Nothing about it changes any more.`)
  if (!adminAbove || !can(actor, 'customers.manage', customer))
    throw new DomainError('forbidden', `Only admins above ${customer.name} can do that.`)
}

/** The organization and its parent as they stand, for an actor who administers one above. Nothing is held. */
export async function seeCustomer(
  db: Queryable,
  ctx: Pick<AnyContext, 'actor'>,
  organizationId: string,
): Promise<Customer> {
  const customer = await loadOrganization(db, organizationId)
  requireAbove(ctx, customer)
  const parent = await loadOrganization(db, customer.path.at(-2) ?? '')
  if (parent === null) throw new Error('an organization has no parent')
  return { customer, parent }
}

/**
 * The same, both held until the transaction ends, the parent first: its tier is judged as it is now, and whoever lowers
 * it waits. What stands above the parent is read, not held; lowering it caps what is granted here all the same. `actor`:
 * whoever acts, with what they have since then.
 */
export async function holdCustomer(
  tx: Transaction,
  ctx: Pick<AnyContext, 'actor'>,
  organizationId: string,
): Promise<Customer & Pick<AnyContext, 'actor'>> {
  const { customer, parent } = await seeCustomer(tx, ctx, organizationId)
  await lockOrganizations(tx, [parent.id, organizationId])
  const actor = await asOfNow(tx, ctx.actor, customer)
  return { ...(await seeCustomer(tx, { actor }, organizationId)), actor }
}
