'use client'

import { signed } from '#components/analytics/words'
import { columnsOf } from '#components/data-table/columns'
import { DataTable } from '#components/data-table/data-table'
import { Pagination } from '#components/data-table/pagination'
import { Instant } from '#components/time/instant'
import { inDigits } from '#components/tokens/counted'
import { TextLink } from '#components/ui/text-link'
import type { ListPage } from '#lib/lists/view'
import { type AnalyticsSearch, analyticsHref, type CustomerUsageSort, shownSort } from '#lib/usage/search'
import type { CustomerUsage } from '#lib/usage/view'

type Row = CustomerUsage & { readonly href: string }

const column = columnsOf<Row>()

const BLOCK = 'max-sm:grid max-sm:h-auto max-sm:grid-cols-2 max-sm:gap-x-3 max-sm:gap-y-1 max-sm:py-2.5'
const NUMBER = { className: 'sm:text-right whitespace-nowrap' }
const Label = ({ children }: { children: string }) => <span className="text-muted sm:hidden">{children} </span>

const change = column.accessor('change', {
  header: 'Change',
  enableSorting: true,
  sortDescFirst: true,
  meta: NUMBER,
  cell: ({ getValue }) => (
    <>
      <Label>Change</Label>
      {signed(getValue() ?? 0)}
    </>
  ),
})

const columnsWith = (compares: boolean) =>
  column.columns([
    column.accessor('name', {
      header: 'Customer',
      enableSorting: true,
      sortDescFirst: false,
      meta: { className: 'sm:w-[36%]', cellClassName: 'max-sm:col-span-full' },
      cell: ({
        row: {
          original: { href, name, closed },
        },
      }) => (
        <>
          <TextLink href={href} prefetch={false} className="font-medium [overflow-wrap:anywhere]">
            <bdi>{name}</bdi>
          </TextLink>
          {closed && <span className="text-muted"> closed</span>}
        </>
      ),
    }),
    column.accessor('requests', {
      header: 'Requests',
      enableSorting: true,
      sortDescFirst: true,
      meta: NUMBER,
      cell: ({ getValue }) => (
        <>
          <Label>Requests</Label>
          {inDigits(getValue())}
        </>
      ),
    }),
    column.accessor('refused', {
      header: 'Refused',
      enableSorting: true,
      sortDescFirst: true,
      meta: NUMBER,
      cell: ({ getValue }) => (
        <>
          <Label>Refused</Label>
          {inDigits(getValue())}
        </>
      ),
    }),
    ...(compares ? [change] : []),
    column.accessor('lastUsedAt', {
      id: 'activity',
      header: 'Last activity',
      meta: { className: 'sm:text-right whitespace-nowrap', cellClassName: 'text-soft' },
      cell: ({ getValue }) => {
        const at = getValue()
        return at === null ? <span className="text-muted">Never</span> : <Instant at={at} />
      },
    }),
  ])

const [plain, comparing] = [columnsWith(false), columnsWith(true)]

/** What came of each organization below, at every level, in the period shown; each leads to its own analytics. */
export function CustomerUsageList({
  path,
  search,
  page,
  compares,
}: {
  path: string
  search: AnalyticsSearch
  page: ListPage<CustomerUsage>
  /** Whether the rows tell how they changed. */
  compares: boolean
}) {
  const { rows, first, total, hasMore } = page
  const to = (change: Partial<AnalyticsSearch>) => analyticsHref(path, search, change)
  const sort = shownSort(search.sort, compares)
  const theirs = { sort: '-requests' as const }
  const listed = rows.map((row) => ({ ...row, href: analyticsHref(`/o/${row.slug}/analytics`, search, theirs) }))
  const [one, last] = [rows.at(0), rows.at(-1)]
  return (
    <section aria-labelledby="customers" className="mt-7 border-t pt-6">
      <h2 id="customers" className="text-section">
        Customers
      </h2>
      <p className="mb-2 text-soft">
        Requests of each in this period{compares && ', and how many more or fewer than in the same time before'}.
      </p>
      <DataTable
        label="Usage of customers"
        columns={compares ? comparing : plain}
        rows={listed}
        rowId={({ id }) => id}
        rowClassName={BLOCK}
        sort={{ column: sort.replace('-', ''), descending: sort.startsWith('-') }}
        sortHref={(id, descending) => to({ sort: sortKey(id, descending) })}
      />
      <div className="mt-2 print:hidden">
        <Pagination
          first={first}
          shown={rows.length}
          total={total}
          noun={['customer', 'customers']}
          hrefs={{
            first: first > 1 ? to({}) : null,
            previous: first > 1 && one !== undefined ? to({ before: one.id }) : null,
            next: hasMore && last !== undefined ? to({ after: last.id }) : null,
            last: hasMore ? to({ at: 'end' }) : null,
          }}
        />
      </div>
    </section>
  )
}

function sortKey(id: string, descending: boolean): CustomerUsageSort {
  const name = (['name', 'requests', 'refused', 'change'] as const).find((sorted) => sorted === id) ?? 'requests'
  return descending ? `-${name}` : name
}
