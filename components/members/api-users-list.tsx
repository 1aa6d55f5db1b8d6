'use client'

import { Plus } from 'lucide-react'
import { useMemo } from 'react'
import { DataTable } from '#components/data-table/data-table'
import { ListPages, NothingListed } from '#components/lists/list-pages'
import { ListSearchBox } from '#components/lists/list-search'
import { useListDialog } from '#components/lists/use-list-dialog'
import type { ApiUserActions } from '#components/members/api-user-actions'
import { API_USER_BLOCK, apiUserColumns } from '#components/members/api-user-columns'
import type { ApiUserDialogState } from '#components/members/api-user-window'
import { PeopleTabs, tabPath } from '#components/members/people-tabs'
import { PageHeader } from '#components/shell/page-header'
import { HEADING_ID } from '#components/tokens/focus-after-dialog'
import { useTokenCommands } from '#components/tokens/token-dialogs'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { toastFailure } from '#components/ui/failure'
import { toastDone } from '#components/ui/toast'
import { useAction } from '#components/ui/use-action'
import type { ListSearch } from '#lib/lists/search'
import type { ApiUserPage, ApiUserView } from '#lib/service-accounts/view'

const loadWindow = () => import('#components/members/api-user-window').then((module) => module.ApiUserWindow)

/** The list of API users with what can be done there; stands within TokenDialogs. */
export function ApiUsersList({
  path,
  organization,
  search,
  page,
  devicesUrl,
  actions,
}: {
  path: string
  organization: { readonly id: string; readonly name: string; readonly slug: string }
  search: ListSearch
  page: ApiUserPage
  devicesUrl: string | null
  actions: ApiUserActions
}) {
  const { rows, counts } = page
  const here = tabPath(path, 'api-users')
  const more = { organization, devicesUrl, scopes: page.scopes, actions }
  const { ask, window } = useListDialog<ApiUserDialogState, typeof more>(
    rows.map(({ id }) => id),
    loadWindow,
    more,
  )
  const { create } = useTokenCommands()
  const enabling = useAction(actions.enableApiUser)
  const enable = async ({ id, name }: ApiUserView) => {
    const result = await enabling.run({ organizationId: organization.id, apiUserId: id })
    if (!result.ok) return toastFailure(result)
    toastDone(
      <>
        <bdi>{name}</bdi> is enabled
      </>,
    )
  }
  const columns = useMemo(() => apiUserColumns(`/o/${organization.slug}/tokens`), [organization.slug])
  const listed = rows.map((apiUser) => ({
    ...apiUser,
    commands: {
      newToken: (from: HTMLElement | null) => create(from, apiUser),
      edit: (from: HTMLElement | null) => ask({ kind: 'edit', apiUser }, apiUser.id, from),
      disable: (from: HTMLElement | null) => ask({ kind: 'disable', apiUser }, apiUser.id, from),
      enable: () => void enable(apiUser),
    },
  }))
  const newApiUser = (
    <Button variant="primary" onClick={(event) => ask({ kind: 'new' }, null, event.currentTarget)}>
      <Plus aria-hidden />
      New API user
    </Button>
  )
  return (
    <>
      <PageHeader
        title={
          <span id={HEADING_ID} tabIndex={-1}>
            Members
          </span>
        }
        answer={<Answer name={organization.name} counts={counts} />}
        actions={counts.all > 0 && newApiUser}
      />
      <PeopleTabs path={path} tab="api-users">
        {counts.all === 0 ? (
          <EmptyState
            heading="No API users yet"
            text={
              <>
                An API user acts for <bdi>{organization.name}</bdi> without being a person. Give it a role, scopes and
                devices of its own; its tokens never hold more.
              </>
            }
            action={newApiUser}
          />
        ) : (
          <>
            <ListSearchBox label="Search API users" path={here} search={search} />
            {rows.length === 0 ? (
              <NothingListed path={here} search={search} noun="API user" />
            ) : (
              <>
                <DataTable
                  label="API users"
                  columns={columns}
                  rows={listed}
                  rowId={({ id }) => id}
                  rowClassName={API_USER_BLOCK}
                  sort={{ column: 'name', descending: false }}
                  sortHref={() => here}
                />
                <ListPages path={here} search={search} page={page} noun={['API user', 'API users']} />
              </>
            )}
          </>
        )}
      </PeopleTabs>
      {window}
    </>
  )
}

function Answer({ name, counts: { all, disabled, activeTokens } }: { name: string; counts: ApiUserPage['counts'] }) {
  if (all === 0)
    return (
      <>
        No service acts for <bdi>{name}</bdi> under a name of its own.
      </>
    )
  return (
    <>
      <strong>{all}</strong> API {all === 1 ? 'user' : 'users'} with <strong>{activeTokens}</strong> active{' '}
      {activeTokens === 1 ? 'token' : 'tokens'}.
      {disabled > 0 && (
        <>
          {' '}
          <strong>{disabled}</strong> {disabled === 1 ? 'is' : 'are'} disabled.
        </>
      )}
    </>
  )
}
