'use client'

import type { ApiUserActions } from '#components/members/api-user-actions'
import { ApiUsersList } from '#components/members/api-users-list'
import { TokenDialogs } from '#components/tokens/token-dialogs'
import type { ListSearch } from '#lib/lists/search'
import type { ApiUserPage } from '#lib/service-accounts/view'
import type { TokenActions } from '#lib/tokens/actions'
import type { TokenFormOptions } from '#lib/tokens/view'

/** The API users of an organization, within what makes their tokens. */
export function ApiUsersPanel({
  path,
  organization,
  search,
  page,
  options,
  actions,
  tokenActions,
}: {
  path: string
  organization: { readonly id: string; readonly name: string; readonly slug: string }
  search: ListSearch
  page: ApiUserPage
  options: TokenFormOptions
  actions: ApiUserActions
  tokenActions: TokenActions
}) {
  return (
    <TokenDialogs tokens={[]} options={options} actions={tokenActions}>
      <ApiUsersList
        path={path}
        organization={organization}
        search={search}
        page={page}
        devicesUrl={options.devicesUrl}
        actions={actions}
      />
    </TokenDialogs>
  )
}
