'use client'

import { useMemo } from 'react'
import { columnsOf } from '#components/data-table/columns'
import { DataTable } from '#components/data-table/data-table'
import { Deadline, DeadlineDate } from '#components/time/deadline'
import { Instant } from '#components/time/instant'
import { HandedOverNote } from '#components/tokens/handed-over-note'
import { OverPolicyNote } from '#components/tokens/over-policy-note'
import { RotationNote } from '#components/tokens/rotation-note'
import { RowActions } from '#components/tokens/row-actions'
import { OverdueMark, SecretAges } from '#components/tokens/secret-age'
import { Refusal, TickPage, TickToken } from '#components/tokens/selection-checks'
import { StatusBadge } from '#components/tokens/status-badge'
import { TokenStrip } from '#components/tokens/token-strip'
import { cn } from '#components/ui/cn'
import { IntentLink } from '#components/ui/intent-link'
import { Tip } from '#components/ui/tip'
import { parseTokenSort, type TokenSearch, type TokenSortKey, tokenListHref } from '#lib/tokens/search'
import type { TokenView } from '#lib/tokens/view'

const column = columnsOf<TokenView>()

// The block of a row on a phone: name, status and menu; the strip; what is said of its time.
const BLOCK = [
  'max-sm:grid max-sm:h-auto max-sm:grid-cols-[auto_minmax(0,1fr)_auto_auto] max-sm:items-center max-sm:gap-x-2',
  'max-sm:gap-y-0.5 max-sm:py-2.5',
].join(' ')

const Label = ({ children }: { children: string }) => <span className="text-muted sm:hidden">{children} </span>

const tickColumn = column.display({
  id: 'select',
  header: () => <TickPage />,
  meta: { className: 'w-7 pr-3 sm:max-md:pr-3', cellClassName: 'max-sm:col-start-1 max-sm:row-start-1 max-sm:pr-1.5' },
  cell: ({ row: { original: token } }) => <TickToken token={token} />,
})

const columnsFor = (path: string, mayManage: boolean) =>
  column.columns([
    ...(mayManage ? [tickColumn] : []),
    column.accessor('name', {
      header: 'Name',
      enableSorting: true,
      sortDescFirst: false,
      meta: {
        className: 'w-[15%] min-w-36 @min-[1000px]:w-1/6 sm:max-md:min-w-22',
        cellClassName: 'max-sm:col-start-2 max-sm:row-start-1',
      },
      cell: ({ row: { original: token } }) => (
        <>
          <IntentLink
            href={`${path}/${token.id}`}
            className={cn(
              'rounded-strip underline-offset-3 [overflow-wrap:anywhere] hover:underline',
              token.status === 'active' ? 'font-medium text-text' : 'font-book text-soft',
            )}
          >
            <bdi>{token.name}</bdi>
          </IntentLink>
          <HandedOverNote token={token} />
          {token.apiUser !== null && (
            <span className="block text-muted text-small [overflow-wrap:anywhere]">
              API user <bdi>{token.apiUser.name}</bdi>
            </span>
          )}
          <Refusal token={token} />
        </>
      ),
    }),
    column.display({
      id: 'token',
      header: 'Token',
      meta: {
        className: 'lg:whitespace-nowrap',
        cellClassName: 'max-sm:col-span-full max-sm:row-start-2',
      },
      cell: ({ row: { original: token } }) => (
        <>
          <AgedStrip token={token} />
          <OverdueMark token={token} />
        </>
      ),
    }),
    column.accessor('createdAt', {
      id: 'created',
      header: 'Created',
      enableSorting: true,
      sortDescFirst: true,
      meta: { className: 'whitespace-nowrap text-soft max-lg:hidden lg:@max-[930px]:hidden' },
      cell: ({ getValue }) => <Instant at={getValue()} />,
    }),
    column.accessor('lastUsedAt', {
      id: 'lastUsed',
      header: 'Last used',
      enableSorting: true,
      sortDescFirst: true,
      meta: {
        className: 'min-w-18 md:whitespace-nowrap',
        cellClassName: 'max-sm:col-span-full max-sm:col-start-1 max-sm:row-start-3 max-sm:w-1/2',
      },
      cell: ({ getValue, row: { original: token } }) => {
        const at = getValue()
        return (
          <span className={token.status === 'active' && at !== null ? 'text-text' : 'text-muted'}>
            <Label>Last used</Label>
            {at === null ? 'Never' : <Instant at={at} className="max-sm:inline-block max-sm:first-letter:lowercase" />}
          </span>
        )
      },
    }),
    column.accessor('expiresAt', {
      id: 'expires',
      header: 'Expires',
      enableSorting: true,
      sortDescFirst: false,
      meta: {
        className: 'whitespace-nowrap sm:max-lg:hidden lg:@max-[830px]:hidden',
        cellClassName: 'max-sm:col-span-full max-sm:col-start-1 max-sm:row-start-3 max-sm:ml-[50%]',
      },
      cell: ({ getValue, row: { original: token } }) => {
        const at = getValue()
        return (
          <span className={token.status === 'active' ? 'text-soft' : 'text-muted'}>
            <Label>{token.status === 'expired' ? 'Expired' : 'Expires'}</Label>
            {at === null ? 'Never' : token.status === 'active' ? <Deadline at={at} /> : <DeadlineDate at={at} />}
          </span>
        )
      },
    }),
    column.accessor('status', {
      header: 'Status',
      meta: { cellClassName: 'max-sm:col-start-3 max-sm:row-start-1' },
      cell: ({ row: { original: token } }) => (
        <span className="flex flex-col items-start max-sm:items-end">
          <StatusBadge token={token} />
          <RotationNote token={token} />
          <OverPolicyNote token={token} />
        </span>
      ),
    }),
    column.display({
      id: 'actions',
      header: 'Actions',
      meta: {
        hiddenHead: true,
        className: 'sm:w-0',
        cellClassName: 'max-sm:col-start-4 max-sm:row-start-1 max-sm:-mr-3',
      },
      cell: ({ row: { original: token } }) => <RowActions token={token} />,
    }),
  ])

/** The strip with the age of its secrets as its tip; one without a secret has none to tell. */
const AgedStrip = ({ token }: { token: TokenView }) =>
  token.mintedAt === null ? (
    <TokenStrip token={token} />
  ) : (
    <Tip tip={<SecretAges token={token} />}>
      <TokenStrip token={token} />
    </Tip>
  )

/** Tokens, a row each. */
export function TokenTable({
  path,
  tokensPath,
  search,
  tokens,
  mayManage,
}: {
  path: string
  tokensPath: string
  search: TokenSearch
  tokens: readonly TokenView[]
  mayManage: boolean
}) {
  const columns = useMemo(() => columnsFor(tokensPath, mayManage), [tokensPath, mayManage])
  return (
    <DataTable
      label="Tokens"
      columns={columns}
      rows={tokens}
      rowId={(token) => token.id}
      rowClassName={BLOCK}
      sort={parseTokenSort(search.sort)}
      sortHref={(name, descending) => tokenListHref(path, search, { sort: sortKey(name, descending) })}
    />
  )
}

const SORTED = { name: 'name', created: 'created', lastUsed: 'lastUsed', expires: 'expires' } as const

function sortKey(id: string, descending: boolean): TokenSortKey {
  const name = Object.values(SORTED).find((sorted) => sorted === id) ?? 'created'
  return descending ? `-${name}` : name
}
