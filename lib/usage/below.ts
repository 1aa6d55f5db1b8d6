import { listUsageBelow } from '#db/queries/usage-below'
import { can } from '#lib/authorization'
import type { Context } from '#lib/context'
import { pageFrom, placeOf, ROWS_A_PAGE } from '#lib/lists/page'
import type { ListPage } from '#lib/lists/view'
import { requireCustomers } from '#lib/organizations/list-customers'
import type { Organization } from '#lib/organizations/load'
import { periodBefore } from '#lib/usage/period'
import { type AnalyticsSearch, type CustomerUsageSort, type Shown, shownSort } from '#lib/usage/search'
import { hasExtended } from '#lib/usage/see'
import type { CustomerUsage } from '#lib/usage/view'

/** Whether an actor sees usage of those below an organization: only admins of it and those above do. */
export const seesBelow = ({ actor }: Pick<Context, 'actor'>, organization: Organization): boolean =>
  organization.kind !== 'customer' && can(actor, 'customers.manage', organization)

/**
 * One page of what came of the organizations below at every level; with `all` everything that the list holds. The time
 * before is read only where the organization's effective tier has extended metrics; else no order is by it.
 * @throws DomainError `not_found`
 */
export async function listCustomerUsage(
  ctx: Context,
  organization: Organization,
  { shown, search, all = false }: { readonly shown: Shown; readonly search: AnalyticsSearch; readonly all?: boolean },
): Promise<ListPage<CustomerUsage>> {
  requireCustomers(ctx, organization)
  const compares = hasExtended(organization)
  const place = all ? ({ from: 'start' } as const) : placeOf({ q: '', ...search })
  const query = {
    organizationId: organization.id,
    now: { from: shown.from, to: shown.to },
    before: compares ? periodBefore(shown) : null,
    order: sortOf(shownSort(search.sort, compares)),
  }
  const rows = await listUsageBelow(ctx.db, query, place, all ? 100_000 : ROWS_A_PAGE)
  return pageFrom(rows, ({ position: _, total: __, ...row }) => row)
}

/** A sort key taken apart: which column, and whether descending. */
export function sortOf(key: CustomerUsageSort) {
  const by = (['name', 'requests', 'refused', 'change'] as const).find((name) => key.endsWith(name)) ?? 'requests'
  return { by, descending: key.startsWith('-') }
}
