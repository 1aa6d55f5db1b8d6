'use client'

import { Plus } from 'lucide-react'
import { Pagination } from '#components/data-table/pagination'
import { PageHeader } from '#components/shell/page-header'
import { AnswerLine } from '#components/tokens/answer-line'
import { BestPractices } from '#components/tokens/best-practices'
import { EmptyTokens } from '#components/tokens/empty-tokens'
import { HEADING_ID, NEW_TOKEN_ID } from '#components/tokens/focus-after-dialog'
import { NoMatch } from '#components/tokens/no-match'
import { StatusFilter } from '#components/tokens/status-filter'
import { TokenDialogs, useTokenCommands } from '#components/tokens/token-dialogs'
import { TokenSearch as SearchBox } from '#components/tokens/token-search'
import { TokenTable } from '#components/tokens/token-table'
import { useLiveRefresh } from '#components/tokens/use-live-refresh'
import { Button } from '#components/ui/button'
import type { TokenActions } from '#lib/tokens/actions'
import { type TokenSearch, tokenListHref } from '#lib/tokens/search'
import type { TokenFormOptions, TokenNotices, TokenPage } from '#lib/tokens/view'

/** The page Tokens of an organization; `changesUrl` answers a text that changes with the list. */
export function TokensScreen({
  organization,
  page,
  search,
  notices,
  options,
  actions,
  changesUrl,
}: {
  organization: { readonly id: string; readonly slug: string; readonly name: string }
  page: TokenPage
  search: TokenSearch
  notices: TokenNotices
  options: TokenFormOptions
  actions: TokenActions
  changesUrl: string
}) {
  useLiveRefresh(changesUrl)
  const path = `/o/${organization.slug}/tokens`
  const empty = page.counts.all === 0 && search.q === ''
  return (
    <TokenDialogs organizationId={organization.id} tokens={page.tokens} options={options} actions={actions}>
      <div className="flex flex-col lg:min-h-[calc(100dvh-4.75rem)]">
        <PageHeader
          title={
            <span id={HEADING_ID} tabIndex={-1}>
              Tokens
            </span>
          }
          answer={<AnswerLine options={options} notices={notices} />}
          actions={options.mayManage && !empty && <NewTokenButton />}
        />
        {empty ? (
          <EmptyTokens organizationName={organization.name} action={options.mayManage && <NewTokenButton />} />
        ) : (
          <>
            <div className="mb-2 flex flex-wrap items-start gap-x-4 gap-y-2 max-sm:flex-col max-sm:items-stretch">
              <SearchBox />
              <StatusFilter path={path} search={search} counts={page.counts} />
            </div>
            {page.tokens.length === 0 ? (
              <NoMatch path={path} search={search} total={page.total} />
            ) : (
              <>
                <TokenTable path={path} search={search} tokens={page.tokens} />
                <div className="mt-2">
                  <Pagination
                    first={page.first}
                    shown={page.tokens.length}
                    total={page.total}
                    noun={['token', 'tokens']}
                    hrefs={pageLinks(path, search, page)}
                  />
                </div>
              </>
            )}
            <BestPractices />
          </>
        )}
      </div>
    </TokenDialogs>
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

function NewTokenButton() {
  const { create } = useTokenCommands()
  return (
    <Button id={NEW_TOKEN_ID} variant="primary" onClick={(event) => create(event.currentTarget)}>
      <Plus aria-hidden />
      New token
    </Button>
  )
}
