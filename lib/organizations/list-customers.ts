import { z } from 'zod'
import {
  type CustomerListQuery,
  type CustomerPagePosition,
  countCustomers,
  countCustomersBefore,
  findCustomerFacts,
  listCustomers as selectCustomers,
} from '#db/queries/customers'
import { can } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import { notFound } from '#lib/errors'
import { loadOrganizations, type Organization } from '#lib/organizations/load'
import { presentCustomer } from '#lib/organizations/present'
import { type CustomerSearch, parseCustomerSort } from '#lib/organizations/search'
import type { CustomerPage, CustomerView } from '#lib/organizations/view'
import { cursorOf, parseCursor } from '#lib/tokens/cursor'

export const CUSTOMERS_A_PAGE = 25

/**
 * Refuses whoever may not look at what stands below: only admins of a platform or a reseller, and those above it, may.
 * @throws DomainError `not_found`
 */
export function requireCustomers({ actor }: Pick<AnyContext, 'actor'>, organization: Organization): void {
  if (organization.kind === 'customer' || !can(actor, 'customers.see', organization)) throw notFound()
}

/**
 * One page of the organizations below, directly or at every level, by the state of the URL. However many there are, it
 * asks the same few questions of the database.
 */
export async function listCustomers(
  ctx: AnyContext,
  organization: Organization,
  search: CustomerSearch,
  size: number = CUSTOMERS_A_PAGE,
): Promise<CustomerPage> {
  requireCustomers(ctx, organization)
  const query = customerListQuery(ctx, organization, search)
  const position = positionOf(search, query)
  const [rows, counted] = await Promise.all([
    selectCustomers(ctx.db, query, position, size),
    countCustomers(ctx.db, query),
  ])
  const { all, limit, suspended, closed, open, resellers, atLimit, over, stopped, atLimitFirst, stoppedFirst } = counted
  const counts = { all, limit, suspended, closed }
  const summary = {
    open,
    resellers,
    over,
    atLimit: { count: atLimit, first: atLimitFirst },
    suspended: { count: stopped, first: stoppedFirst },
  }
  const total = counts[search.show]
  const [first, last] = [rows.at(0), rows.at(-1)]
  if (first === undefined || last === undefined)
    return { customers: [], total, counts, summary, first: 0, previous: null, next: null, last: null }
  const [customers, before] = await Promise.all([
    presentCustomers(
      ctx,
      organization.id,
      rows.map(({ id }) => id),
    ),
    // At either end of the list it is known without counting.
    position.from === 'start'
      ? 0
      : position.from === 'end'
        ? total - rows.length
        : countCustomersBefore(ctx.db, query, { value: first.cursorValue, id: first.id }),
  ])
  const after = total - before - rows.length
  return {
    customers,
    total,
    counts,
    summary,
    first: before + 1,
    previous: before > 0 ? cursorOf(first) : null,
    next: after > 0 ? cursorOf(last) : null,
    last: after > 0 ? 'end' : null,
  }
}

/** What the state of the URL asks for of the organizations below, at this moment. */
export function customerListQuery(
  ctx: AnyContext,
  organization: Organization,
  search: CustomerSearch,
): CustomerListQuery {
  const { column, descending } = parseCustomerSort(search.sort)
  const { id, tier, suspendedBy, closed } = organization
  return {
    root: { id, tier, suspended: suspendedBy !== null, closed },
    all: search.below === 'all',
    search: search.q,
    filter: search.show,
    order: { by: column, descending },
    now: ctx.clock(),
  }
}

/** Organizations as the list of those below a root shows them, in the order given. It does not ask whether the actor may see them. */
export async function presentCustomers(
  ctx: AnyContext,
  rootId: string,
  ids: readonly string[],
): Promise<CustomerView[]> {
  const [facts, loaded] = await Promise.all([
    findCustomerFacts(ctx.db, ids, ctx.clock()),
    loadOrganizations(ctx.db, ids, { withParents: true }),
  ])
  const factsOf = new Map(facts.map((each) => [each.id, each]))
  const organizationOf = new Map(loaded.map((each) => [each.id, each]))
  return ids.flatMap((id) => {
    const customer = organizationOf.get(id)
    const parent = organizationOf.get(customer?.path.at(-2) ?? '')
    const its = factsOf.get(id)
    return customer && parent && its ? presentCustomer(ctx.actor, rootId, { customer, parent }, its) : []
  })
}

function positionOf({ after, before }: CustomerSearch, { order }: CustomerListQuery): CustomerPagePosition {
  if (after === null && before === 'end') return { from: 'end' }
  const cursor = parseCursor(after ?? before ?? '', order, z.uuid())
  return cursor === null ? { from: 'start' } : { from: after === null ? 'before' : 'after', cursor }
}
