'use client'

import { PageHeader } from '#components/shell/page-header'
import { AnswerLine } from '#components/tokens/answer-line'
import { HEADING_ID } from '#components/tokens/focus-after-dialog'
import { NewTokenButton } from '#components/tokens/new-token-button'
import { TokenDialogs } from '#components/tokens/token-dialogs'
import { isEmptyList, TokenList } from '#components/tokens/token-list'
import { useLiveRefresh } from '#components/tokens/use-live-refresh'
import type { TokenActions } from '#lib/tokens/actions'
import type { TokenSearch } from '#lib/tokens/search'
import type { TokenFormOptions, TokenNotices, TokenPage } from '#lib/tokens/view'

/** The page Tokens of an organization, at `path`; `changesUrl` answers a text that changes with the list. */
export function TokensScreen({
  path,
  page,
  search,
  notices,
  options,
  actions,
  changesUrl,
}: {
  path: string
  page: TokenPage
  search: TokenSearch
  notices: TokenNotices
  options: TokenFormOptions
  actions: TokenActions
  changesUrl: string
}) {
  useLiveRefresh(changesUrl)
  return (
    <TokenDialogs tokens={page.tokens} options={options} actions={actions}>
      <div className="flex flex-col lg:min-h-[calc(100dvh-4.75rem)]">
        <PageHeader
          title={
            <span id={HEADING_ID} tabIndex={-1}>
              Tokens
            </span>
          }
          answer={<AnswerLine options={options} notices={notices} />}
          actions={options.mayManage && !isEmptyList(page, search) && <NewTokenButton />}
        />
        <TokenList path={path} csvPath={`${path}/csv`} page={page} search={search} options={options} />
      </div>
    </TokenDialogs>
  )
}
