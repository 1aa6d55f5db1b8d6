'use client'

import { CirclePlay, CircleSlash, Pencil, Plus } from 'lucide-react'
import { columnsOf } from '#components/data-table/columns'
import { deviceCount } from '#components/devices/device-words'
import { RowMenu } from '#components/lists/row-menu'
import { ROLE_WORDS } from '#components/organizations/role-words'
import { Instant } from '#components/time/instant'
import { Badge } from '#components/ui/badge'
import { cn } from '#components/ui/cn'
import { IntentLink } from '#components/ui/intent-link'
import type { ApiUserView } from '#lib/service-accounts/view'

type Command = (from: HTMLElement | null) => void

/** An API user with what its menu does. */
type Listed = ApiUserView & { readonly commands: Readonly<Record<'newToken' | 'edit' | 'disable' | 'enable', Command>> }

const column = columnsOf<Listed>()

// The block of a row on a phone: name, state and menu; then a fact a line.
export const API_USER_BLOCK =
  'max-sm:grid max-sm:h-auto max-sm:grid-cols-[minmax(0,1fr)_auto_auto] max-sm:items-center max-sm:gap-x-2 max-sm:gap-y-0.5 max-sm:py-2.5'

const Label = ({ children }: { children: string }) => <span className="text-muted sm:hidden">{children} </span>
const LINE = 'max-sm:col-span-full'

/** The columns of the API users' table; `tokensPath` is where their tokens are listed. */
export const apiUserColumns = (tokensPath: string) =>
  column.columns([
    column.accessor('name', {
      header: 'Name',
      meta: { className: 'sm:w-1/4' },
      cell: ({ row: { original: apiUser } }) => (
        <span
          className={cn(
            '[overflow-wrap:anywhere]',
            apiUser.disabledAt === null ? 'font-medium' : 'font-book text-soft',
          )}
        >
          <bdi>{apiUser.name}</bdi>
        </span>
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
    column.accessor('scopes', {
      header: 'Scopes',
      meta: { className: 'sm:max-lg:hidden', cellClassName: LINE },
      cell: ({ getValue }) => (
        <>
          <Label>Scopes</Label>
          {getValue().length === 0 ? (
            <span className="text-muted">None</span>
          ) : (
            <span className="break-words text-mono leading-5">{getValue().join(' ')}</span>
          )}
        </>
      ),
    }),
    column.accessor('devices', {
      header: 'Devices',
      meta: { className: 'whitespace-nowrap sm:max-md:hidden', cellClassName: `${LINE} text-soft` },
      cell: ({ getValue }) => (
        <>
          <Label>Devices</Label>
          <span title={getValue()?.join(', ')}>{deviceCount(getValue())}</span>
        </>
      ),
    }),
    column.accessor('activeTokens', {
      header: 'Active tokens',
      meta: { className: 'whitespace-nowrap', cellClassName: LINE },
      cell: ({ getValue }) => (
        <>
          <Label>Active tokens</Label>
          {getValue() === 0 ? (
            <span className="text-muted">None</span>
          ) : (
            <IntentLink href={tokensPath} className="rounded-strip underline-offset-3 hover:underline">
              {getValue()}
            </IntentLink>
          )}
        </>
      ),
    }),
    column.accessor('lastUsedAt', {
      header: 'Last used',
      meta: { cellClassName: `${LINE} text-soft` },
      cell: ({ getValue }) => {
        const at = getValue()
        return (
          <>
            <Label>Last used</Label>
            {at === null ? <span className="text-muted">Never</span> : <Instant at={at} />}
          </>
        )
      },
    }),
    column.accessor('disabledAt', {
      header: 'Status',
      meta: { cellClassName: 'max-sm:col-start-2 max-sm:row-start-1' },
      // Green is a token's status alone.
      cell: ({ getValue }) =>
        getValue() === null ? (
          'Active'
        ) : (
          <Badge tone="neutral">
            <CircleSlash aria-hidden />
            Disabled
          </Badge>
        ),
    }),
    column.display({
      id: 'actions',
      header: 'Actions',
      meta: {
        hiddenHead: true,
        className: 'sm:w-0',
        cellClassName: 'max-sm:col-start-3 max-sm:row-start-1 max-sm:-mr-3',
      },
      cell: ({ row: { original: apiUser } }) => <ApiUserMenu apiUser={apiUser} />,
    }),
  ])

function ApiUserMenu({ apiUser: { id, name, disabledAt, commands } }: { apiUser: Listed }) {
  const edit = { label: 'Edit', Icon: Pencil, asks: true, onSelect: commands.edit }
  return (
    <RowMenu
      id={id}
      name={name}
      items={
        disabledAt === null
          ? [
              { label: 'New token', Icon: Plus, asks: true, onSelect: commands.newToken },
              edit,
              { label: 'Disable', Icon: CircleSlash, asks: true, ends: true, onSelect: commands.disable },
            ]
          : [edit, { label: 'Enable', Icon: CirclePlay, onSelect: commands.enable }]
      }
    />
  )
}
