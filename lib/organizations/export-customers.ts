import { type CustomerPagePosition, listCustomers } from '#db/queries/customers'
import type { Context } from '#lib/context'
import { CSV_MARK, csvLine } from '#lib/csv'
import { customerListQuery, presentCustomers, requireCustomers } from '#lib/organizations/list-customers'
import type { Organization } from '#lib/organizations/load'
import type { CustomerSearch } from '#lib/organizations/search'
import type { CustomerView } from '#lib/organizations/view'

const ROWS_AT_ONCE = 500

const COLUMNS = [
  'Name',
  'Slug',
  'Kind',
  'Below',
  'Tier',
  'Effective tier',
  'Tokens in use',
  'Token limit',
  'Last activity',
  'Opened',
  'Status',
]

/**
 * All organizations below that match search and filter, in the list's order, as CSV, some hundred lines at a time.
 * @throws DomainError `not_found`, at once
 */
export function exportCustomers(
  ctx: Context,
  organization: Organization,
  search: CustomerSearch,
): AsyncGenerator<string> {
  requireCustomers(ctx, organization)
  return linesOf(ctx, customerListQuery(ctx, organization, search))
}

async function* linesOf(ctx: Context, query: ReturnType<typeof customerListQuery>) {
  yield CSV_MARK + csvLine(COLUMNS)
  let position: CustomerPagePosition = { from: 'start' }
  for (;;) {
    const rows = await listCustomers(ctx.db, query, position, ROWS_AT_ONCE)
    const last = rows.at(-1)
    if (last === undefined) return
    const customers = await presentCustomers(
      ctx,
      query.root.id,
      rows.map(({ id }) => id),
    )
    yield customers.map((customer) => csvLine(cellsOf(customer))).join('')
    position = { from: 'after', cursor: { value: last.cursorValue, id: last.id } }
  }
}

const cellsOf = (customer: CustomerView) => [
  customer.name,
  customer.slug,
  customer.kind,
  customer.parent.name,
  customer.tier.name,
  customer.tier.limitedTo?.tier ?? customer.tier.name,
  customer.used,
  customer.limit,
  customer.lastActivityAt,
  customer.openedAt,
  customer.status,
]
