'use client'

import { columnsOf } from '#components/data-table/columns'
import { DataTable } from '#components/data-table/data-table'
import { CustomerMenu } from '#components/organizations/customer-menu'
import { CustomerName } from '#components/organizations/customer-name'
import { TierBadge } from '#components/organizations/tier-badge'
import { UsageBar, usageWords } from '#components/organizations/usage-bar'
import { Instant } from '#components/time/instant'
import {
  type CustomerSearch,
  type CustomerSortKey,
  customerListHref,
  parseCustomerSort,
} from '#lib/organizations/search'
import type { CustomerView } from '#lib/organizations/view'

const column = columnsOf<CustomerView>()

// The block of a row on a phone: name and menu; tier and usage; last activity.
const BLOCK = [
  'max-sm:grid max-sm:h-auto max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:items-center max-sm:gap-x-2',
  'max-sm:gap-y-1 max-sm:py-2.5',
].join(' ')

const Label = ({ children }: { children: string }) => <span className="text-muted sm:hidden">{children} </span>

const columns = column.columns([
  column.accessor('name', {
    header: 'Customer',
    enableSorting: true,
    sortDescFirst: false,
    meta: { className: 'sm:w-[34%]', cellClassName: 'max-sm:col-start-1 max-sm:row-start-1' },
    cell: ({ row: { original: customer } }) => <CustomerName customer={customer} />,
  }),
  column.accessor('tier', {
    header: 'Tier',
    meta: { className: 'sm:max-w-56', cellClassName: 'max-sm:col-span-full max-sm:row-start-2 max-sm:pl-10.5' },
    cell: ({ getValue, row: { original: customer } }) => (
      <TierBadge tier={getValue()} className={customer.status === 'closed' ? 'text-muted' : ''} />
    ),
  }),
  column.accessor('used', {
    header: 'Tokens in use',
    meta: { cellClassName: 'max-sm:col-span-full max-sm:row-start-3 max-sm:pl-10.5' },
    cell: ({ row: { original: customer } }) =>
      customer.status === 'closed' ? (
        <span className="text-muted">None</span>
      ) : (
        <span className="flex flex-wrap items-center gap-x-3.5 gap-y-0.5">
          <span className="whitespace-nowrap">
            <Label>Tokens</Label>
            {usageWords(customer.used, customer.limit)}
          </span>
          <UsageBar used={customer.used} limit={customer.limit} />
        </span>
      ),
  }),
  column.accessor('lastActivityAt', {
    id: 'activity',
    header: 'Last activity',
    enableSorting: true,
    sortDescFirst: true,
    meta: {
      className: 'lg:whitespace-nowrap',
      cellClassName: 'max-sm:col-span-full max-sm:row-start-4 max-sm:pl-10.5',
    },
    cell: ({ getValue }) => {
      const at = getValue()
      return (
        <span className={at === null ? 'text-muted' : 'text-soft'}>
          <Label>Last activity</Label>
          {at === null ? 'Never' : <Instant at={at} />}
        </span>
      )
    },
  }),
  column.accessor('openedAt', {
    id: 'opened',
    header: 'Opened',
    enableSorting: true,
    sortDescFirst: true,
    meta: { className: 'whitespace-nowrap text-soft max-lg:hidden' },
    cell: ({ getValue }) => <Instant at={getValue()} />,
  }),
  column.display({
    id: 'actions',
    header: 'Actions',
    meta: {
      hiddenHead: true,
      className: 'sm:w-0',
      cellClassName: 'max-sm:col-start-2 max-sm:row-start-1 max-sm:-mr-3',
    },
    cell: ({ row: { original: customer } }) => (
      <div className="flex justify-end">
        <CustomerMenu customer={customer} />
      </div>
    ),
  }),
])

/** Organizations below, a row each; a name leads to its tokens. */
export function CustomerTable({
  path,
  search,
  customers,
}: {
  path: string
  search: CustomerSearch
  customers: readonly CustomerView[]
}) {
  return (
    <DataTable
      label="Customers"
      columns={columns}
      rows={customers}
      rowId={({ id }) => id}
      rowClassName={BLOCK}
      sort={parseCustomerSort(search.sort)}
      sortHref={(id, descending) => customerListHref(path, search, { sort: sortKey(id, descending) })}
    />
  )
}

function sortKey(id: string, descending: boolean): CustomerSortKey {
  const name = (['name', 'opened', 'activity'] as const).find((sorted) => sorted === id) ?? 'name'
  return descending ? `-${name}` : name
}
