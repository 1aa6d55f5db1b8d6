'use client'

import { Ban, Pencil, UserMinus } from 'lucide-react'
import { columnsOf } from '#components/data-table/columns'
import { deviceCount } from '#components/devices/device-words'
import { RowMenu } from '#components/lists/row-menu'
import type { MemberDialogState } from '#components/members/member-window'
import { ROLE_WORDS } from '#components/organizations/role-words'
import { Day, Instant } from '#components/time/instant'
import type { MemberView } from '#lib/members/view'

const column = columnsOf<MemberView>()

// The block of a row on a phone: name and menu; then a fact a line.
export const MEMBER_BLOCK =
  'max-sm:grid max-sm:h-auto max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:items-start max-sm:gap-x-2 max-sm:gap-y-0.5 max-sm:py-2.5'

const Label = ({ children }: { children: string }) => <span className="text-muted sm:hidden">{children} </span>
const LINE = 'max-sm:col-span-full'

type MemberMenu = {
  readonly mayChange: boolean
  readonly mayRevokePersonal: boolean
  readonly showDevices: boolean
  readonly ask: (kind: MemberDialogState['kind'], member: MemberView, from: HTMLElement | null) => void
}

/** The columns of the members' table. */
export const memberColumns = ({ mayChange, mayRevokePersonal, showDevices, ask }: MemberMenu) =>
  column.columns([
    column.accessor('name', {
      header: 'Name',
      meta: { className: 'sm:w-1/3' },
      cell: ({ row: { original: member } }) => (
        <div className="min-w-0">
          <span className="font-medium [overflow-wrap:anywhere]">
            <bdi>{member.name}</bdi>
            {member.self && <span className="font-normal text-muted"> (you)</span>}
          </span>
          <span className="block text-muted text-small [overflow-wrap:anywhere]">{member.email}</span>
        </div>
      ),
    }),
    column.accessor('role', {
      header: 'Role',
      meta: { cellClassName: LINE },
      cell: ({ getValue }) => (
        <>
          <Label>Role</Label>
          {ROLE_WORDS[getValue()]}
        </>
      ),
    }),
    ...(showDevices ? [devicesColumn] : []),
    column.accessor('since', {
      header: 'Member since',
      meta: { className: 'whitespace-nowrap sm:max-lg:hidden', cellClassName: `${LINE} text-soft` },
      cell: ({ getValue }) => (
        <>
          <Label>Member since</Label>
          <Day at={getValue()} />
        </>
      ),
    }),
    column.accessor('invitedBy', {
      header: 'Invited by',
      meta: { className: 'sm:max-xl:hidden', cellClassName: `${LINE} text-soft [overflow-wrap:anywhere]` },
      cell: ({ getValue, row: { original: member } }) => (
        <>
          <Label>Invited by</Label>
          {getValue() ?? <span className="text-muted">Nobody</span>}
          {member.invitedFrom !== null && (
            <span className="block text-muted text-small max-sm:inline">
              {' '}
              of <bdi>{member.invitedFrom}</bdi>, approved by {member.approvedBy ?? 'nobody'}
            </span>
          )}
        </>
      ),
    }),
    column.accessor('lastSeenAt', {
      header: 'Last seen',
      meta: { cellClassName: `${LINE} text-soft` },
      cell: ({ getValue }) => {
        const at = getValue()
        return (
          <>
            <Label>Last seen</Label>
            {at === null ? <span className="text-muted">Not signed in</span> : <Instant at={at} />}
          </>
        )
      },
    }),
    column.display({
      id: 'actions',
      header: 'Actions',
      meta: {
        hiddenHead: true,
        className: 'sm:w-0',
        cellClassName: 'max-sm:col-start-2 max-sm:row-start-1 max-sm:-mr-3',
      },
      cell: ({ row: { original: member } }) => (
        <RowMenu
          id={member.id}
          name={member.name}
          items={[
            ...(mayChange
              ? [
                  {
                    label: 'Edit',
                    Icon: Pencil,
                    asks: true,
                    onSelect: (from: HTMLElement | null) => ask('edit', member, from),
                  },
                ]
              : []),
            ...(mayRevokePersonal && !member.self
              ? [
                  {
                    label: 'Revoke personal tokens',
                    Icon: Ban,
                    asks: true,
                    ends: true,
                    onSelect: (from: HTMLElement | null) => ask('revoke', member, from),
                  },
                ]
              : []),
            {
              label: 'Remove',
              Icon: UserMinus,
              asks: true,
              ends: true,
              onSelect: (from) => ask('remove', member, from),
            },
          ]}
        />
      ),
    }),
  ])

const devicesColumn = column.accessor('devices', {
  header: 'Devices',
  meta: { className: 'whitespace-nowrap', cellClassName: `${LINE} text-soft` },
  cell: ({ getValue }) => (
    <>
      <Label>Devices</Label>
      <span title={getValue()?.join(', ')}>{deviceCount(getValue())}</span>
    </>
  ),
})
