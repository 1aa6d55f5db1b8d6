'use client'

import { type ReactNode, useMemo } from 'react'
import { DataTable } from '#components/data-table/data-table'
import { ListPages, NothingListed } from '#components/lists/list-pages'
import { ListSearchBox } from '#components/lists/list-search'
import { useListDialog } from '#components/lists/use-list-dialog'
import type { MemberActions } from '#components/members/member-actions'
import { MEMBER_BLOCK, memberColumns } from '#components/members/member-columns'
import type { MemberDialogState } from '#components/members/member-window'
import { PeopleTabs } from '#components/members/people-tabs'
import { PageHeader } from '#components/shell/page-header'
import { HEADING_ID } from '#components/tokens/focus-after-dialog'
import { EmptyState } from '#components/ui/empty-state'
import type { ListSearch } from '#lib/lists/search'
import type { MemberPage } from '#lib/members/view'

const loadWindow = () => import('#components/members/member-window').then((module) => module.MemberWindow)

/** The members of an organization, at `path`. */
export function MembersPanel({
  path,
  organization,
  search,
  page,
  devicesUrl,
  actions,
  invite,
  invitations,
}: {
  path: string
  organization: { readonly id: string; readonly name: string; readonly slug: string }
  search: ListSearch
  page: MemberPage
  /** Where devices are looked up; null where there are none. */
  devicesUrl: string | null
  actions: MemberActions
  /** The button "Invite member". */
  invite?: ReactNode
  /** The open invitations, above the members. */
  invitations?: ReactNode
}) {
  const { rows, counts, scopes, mayChange, mayRevokePersonal } = page
  const more = { organization, devicesUrl, scopes, actions }
  const dialog = useListDialog<MemberDialogState, typeof more>(
    rows.map(({ id }) => id),
    loadWindow,
    more,
  )
  const { ask } = dialog
  const showDevices = devicesUrl !== null || rows.some(({ devices }) => devices !== null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what `ask` does never depends on when it was taken
  const columns = useMemo(
    () =>
      memberColumns({
        mayChange,
        mayRevokePersonal,
        showDevices,
        ask: (kind, member, from) => ask({ kind, member }, member.id, from),
      }),
    [mayChange, mayRevokePersonal, showDevices],
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
        actions={invite}
      />
      <PeopleTabs path={path} tab="members">
        {invitations}
        {counts.all === 0 ? (
          <EmptyState
            heading="No members yet"
            text={
              <>
                Nobody can reveal the tokens of <bdi>{organization.name}</bdi> before its first admin has come.
              </>
            }
          />
        ) : (
          <>
            <ListSearchBox label="Search name or e-mail address" path={path} search={search} />
            {rows.length === 0 ? (
              <NothingListed path={path} search={search} noun="member" />
            ) : (
              <>
                <DataTable
                  label="Members"
                  columns={columns}
                  rows={rows}
                  rowId={({ id }) => id}
                  rowClassName={MEMBER_BLOCK}
                  sort={{ column: 'name', descending: false }}
                  sortHref={() => path}
                />
                <ListPages path={path} search={search} page={page} noun={['member', 'members']} />
              </>
            )}
          </>
        )}
      </PeopleTabs>
      {dialog.window}
    </>
  )
}

function Answer({ name, counts: { all, admins } }: { name: string; counts: MemberPage['counts'] }) {
  if (all === 0)
    return (
      <>
        Nobody is a member of <bdi>{name}</bdi> yet.
      </>
    )
  return (
    <>
      <strong>{all}</strong> {all === 1 ? 'person acts' : 'people act'} for <bdi>{name}</bdi>, <strong>{admins}</strong>{' '}
      {all === 1 ? 'as' : 'of them as'} {admins === 1 ? 'admin' : 'admins'}.
    </>
  )
}
