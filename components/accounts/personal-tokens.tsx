'use client'

import { HEADING_ID } from '#components/tokens/focus-after-dialog'
import { NewTokenButton } from '#components/tokens/new-token-button'
import { ReachPanel } from '#components/tokens/reach-panel'
import { TokenDialogs } from '#components/tokens/token-dialogs'
import { isEmptyList, TokenList } from '#components/tokens/token-list'
import { useLiveRefresh } from '#components/tokens/use-live-refresh'
import type { TokenActions } from '#lib/tokens/actions'
import type { TokenSearch } from '#lib/tokens/search'
import type { TokenFormOptions, TokenPage, TokenReach } from '#lib/tokens/view'

/** One's personal tokens, and the organizations they open. */
export function PersonalTokens({
  page,
  search,
  reach,
  options,
  actions,
}: {
  page: TokenPage
  search: TokenSearch
  reach: readonly TokenReach[]
  options: TokenFormOptions
  actions: TokenActions
}) {
  useLiveRefresh('/account/changes')
  return (
    <TokenDialogs tokens={page.tokens} options={options} actions={actions}>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div>
          <h2 id={HEADING_ID} tabIndex={-1} className="text-section">
            Personal tokens
          </h2>
          <p className="text-soft">For your own scripts. Nobody else sees their names or secrets.</p>
        </div>
        {!isEmptyList(page, search) && <NewTokenButton />}
      </div>
      <TokenList
        path="/account?tab=api-token"
        tokensPath="/account/tokens"
        page={page}
        search={search}
        options={options}
        beside={<ReachPanel of="all" reach={reach} />}
      />
    </TokenDialogs>
  )
}
