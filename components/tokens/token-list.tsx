'use client'

import type { ReactNode } from 'react'
import { Pagination } from '#components/data-table/pagination'
import { SearchBox } from '#components/lists/search-box'
import { BestPractices } from '#components/tokens/best-practices'
import { CsvLink } from '#components/tokens/csv-link'
import { EmptyTokens } from '#components/tokens/empty-tokens'
import { NewTokenButton } from '#components/tokens/new-token-button'
import { NoMatch } from '#components/tokens/no-match'
import { SelectionProvider, useSelection } from '#components/tokens/selection'
import { SelectionBar } from '#components/tokens/selection-bar'
import { StatusFilter } from '#components/tokens/status-filter'
import { TokenTable } from '#components/tokens/token-table'
import { type TokenSearch, tokenListHref } from '#lib/tokens/search'
import type { TokenFormOptions, TokenPage } from '#lib/tokens/view'

/** Whether there is no token at all, whatever is looked for. */
export const isEmptyList = (page: TokenPage, search: TokenSearch) => page.counts.all === 0 && search.q === ''

type TokenListProps = {
  path: string
  tokensPath?: string
  /** Where the whole list is had as CSV, by the same search; without it there is no such link. */
  csvPath?: string
  page: TokenPage
  search: TokenSearch
  options: TokenFormOptions
  /** Stands beneath the table. */
  beside?: ReactNode
}

/**
 * The list of tokens that stands at `path`, within TokenDialogs: search, filter, table, pages; several can be ticked,
 * across pages. Each token has a page below `tokensPath`.
 */
export function TokenList(props: TokenListProps) {
  return (
    <SelectionProvider tokens={props.page.tokens} place={tokenListHref(props.path, props.search, props.search)}>
      <List {...props} />
    </SelectionProvider>
  )
}

function List({ path, tokensPath = path, csvPath, page, search, options, beside }: TokenListProps) {
  const { ticked } = useSelection()
  if (isEmptyList(page, search))
    return <EmptyTokens organizationName={options.organizationName} action={options.mayManage && <NewTokenButton />} />
  return (
    <>
      {ticked.size > 0 ? (
        <SelectionBar />
      ) : (
        <div className="mb-2 flex flex-wrap items-start gap-x-4 gap-y-2 max-sm:flex-col max-sm:items-stretch">
          <SearchBox
            label="Search name or token id"
            q={search.q}
            href={(q) => tokenListHref(path, search, { q })}
            instead="Search by its id instead."
          />
          <StatusFilter path={path} search={search} counts={page.counts} />
          {csvPath !== undefined && <CsvLink path={csvPath} search={search} className="ml-auto max-sm:hidden" />}
        </div>
      )}
      {page.tokens.length === 0 ? (
        <NoMatch path={path} search={search} total={page.total} />
      ) : (
        <>
          <TokenTable
            path={path}
            tokensPath={tokensPath}
            search={search}
            tokens={page.tokens}
            mayManage={options.mayManage}
          />
          <div className="mt-2">
            <Pagination
              first={page.first}
              shown={page.tokens.length}
              total={page.total}
              noun={['token', 'tokens']}
              hrefs={pageLinks(path, search, page)}
            />
          </div>
          {csvPath !== undefined && <CsvLink path={csvPath} search={search} className="mt-2 self-start sm:hidden" />}
        </>
      )}
      {beside && <div className="mt-8">{beside}</div>}
      <BestPractices />
    </>
  )
}

function pageLinks(path: string, search: TokenSearch, { previous, next, last }: TokenPage) {
  return {
    first: previous && tokenListHref(path, search, {}),
    previous: previous && tokenListHref(path, search, { before: previous }),
    next: next && tokenListHref(path, search, { after: next }),
    last: last && tokenListHref(path, search, { before: last }),
  }
}
