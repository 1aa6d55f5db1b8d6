'use client'

import { type Header, type Row, type RowData, type TableOptions, useTable } from '@tanstack/react-table'
import { ArrowDown, ArrowUp } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { type DataTableFeatures, dataTableFeatures } from '#components/data-table/columns'
import { cn } from '#components/ui/cn'

// Said again, because `display: grid` takes an element's own role away.
const ROLES = {
  table: { role: 'table' },
  rowGroup: { role: 'rowgroup' },
  row: { role: 'row' },
  cell: { role: 'cell' },
  columnHeader: { role: 'columnheader' },
} as const

type DataTableProps<Data extends RowData> = {
  /** Names the table for those who don't see its heading. */
  label: string
  /** From `columnsOf`, kept at module scope: a new array makes everything anew. */
  columns: TableOptions<DataTableFeatures, Data>['columns']
  /** The server's page, in the server's order. */
  rows: readonly Data[]
  rowId: (row: Data) => string
  sort: { readonly column: string; readonly descending: boolean }
  /** The link that sorts by a column. */
  sortHref: (column: string, descending: boolean) => string
  /** The grid of the block that a row becomes below 640 px. */
  rowClassName?: string
}

/**
 * The one table: sorting and paging are links, so they live in the URL. Below 640 px rows become blocks and the head is
 * shown only while it has focus.
 */
export function DataTable<Data extends RowData>({
  label,
  columns,
  rows,
  rowId,
  sort,
  sortHref,
  rowClassName,
}: DataTableProps<Data>) {
  const table = useTable({
    features: dataTableFeatures,
    columns,
    data: rows,
    getRowId: rowId,
    manualSorting: true,
    enableSortingRemoval: false,
    defaultColumn: { enableSorting: false },
    state: { sorting: [{ id: sort.column, desc: sort.descending }] },
  })
  return (
    <div className="@container">
      <table {...ROLES.table} aria-label={label} className="w-full border-collapse text-left max-sm:block">
        <thead {...ROLES.rowGroup} className="max-sm:not-focus-within:sr-only">
          {table.getHeaderGroups().map((group) => (
            <tr {...ROLES.row} key={group.id} className="h-9 border-b max-sm:flex max-sm:flex-wrap max-sm:gap-4">
              {group.headers.map((header) => (
                <HeadCell key={header.id} header={header} sortHref={sortHref}>
                  <table.FlexRender header={header} />
                </HeadCell>
              ))}
            </tr>
          ))}
        </thead>
        <tbody {...ROLES.rowGroup} className="max-sm:block">
          {table.getRowModel().rows.map((row) => (
            <BodyRow key={row.id} row={row} className={rowClassName}>
              {row.getAllCells().map((cell) => (
                <td
                  {...ROLES.cell}
                  key={cell.id}
                  className={cn(
                    'py-1.5 pr-4 align-middle last:pr-0 sm:max-md:pr-2.5 max-sm:p-0',
                    cell.column.columnDef.meta?.className,
                    cell.column.columnDef.meta?.cellClassName,
                  )}
                >
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </BodyRow>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The tint of a row under the pointer, and of one that is ticked, reaches 12 px beyond the hairlines, so that text does not touch its edge. */
function BodyRow<Data extends RowData>({
  row,
  className,
  children,
}: {
  row: Row<DataTableFeatures, Data>
  className: string | undefined
  children: ReactNode
}) {
  return (
    <tr
      {...ROLES.row}
      data-row={row.id}
      className={cn(
        'group/row h-11 border-b transition-colors sm:last:border-b-0',
        'sm:not-has-checked:hover:bg-hover sm:not-has-checked:hover:shadow-[-12px_0_0_var(--hover),12px_0_0_var(--hover)]',
        'has-checked:bg-selected has-checked:shadow-[-12px_0_0_var(--selected),12px_0_0_var(--selected)]',
        className,
      )}
    >
      {children}
    </tr>
  )
}

function HeadCell<Data extends RowData>({
  header,
  sortHref,
  children,
}: {
  header: Header<DataTableFeatures, Data, unknown>
  sortHref: DataTableProps<Data>['sortHref']
  children: ReactNode
}) {
  const { column } = header
  const { meta } = column.columnDef
  const sorted = column.getIsSorted()
  const Arrow = sorted === 'desc' ? ArrowDown : ArrowUp
  return (
    <th
      {...ROLES.columnHeader}
      scope="col"
      {...(sorted ? { 'aria-sort': sorted === 'desc' ? 'descending' : 'ascending' } : {})}
      className={cn('pr-4 sm:max-md:pr-2.5 font-column text-muted text-small last:pr-0', meta?.className)}
    >
      {column.getCanSort() ? (
        <Link
          href={sortHref(column.id, column.getNextSortingOrder() === 'desc')}
          scroll={false}
          prefetch={false}
          className={cn(
            'inline-flex min-h-6 items-center gap-1 rounded-strip hover:text-text',
            sorted && 'font-semibold text-text',
          )}
        >
          {children}
          {sorted && <Arrow aria-hidden className="icon-small" />}
        </Link>
      ) : (
        <span className={meta?.hiddenHead ? 'sr-only' : undefined}>{children}</span>
      )}
    </th>
  )
}
