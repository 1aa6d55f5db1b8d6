'use client'

import { Pencil, Trash2 } from 'lucide-react'
import { columnsOf } from '#components/data-table/columns'
import { narrowedWords } from '#components/devices/device-words'
import { RowMenu } from '#components/lists/row-menu'
import { Day } from '#components/time/instant'
import type { DeviceView } from '#lib/devices/view'

/** A device with what its menu opens. */
type Listed = DeviceView & { readonly ask: (kind: 'rename' | 'remove', from: HTMLElement | null) => void }

const column = columnsOf<Listed>()

// The block of a row on a phone: name and menu; then a fact a line.
export const DEVICE_BLOCK =
  'max-sm:grid max-sm:h-auto max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:items-center max-sm:gap-x-2 max-sm:gap-y-0.5 max-sm:py-2.5'

const Label = ({ children }: { children: string }) => <span className="text-muted sm:hidden">{children} </span>
const LINE = 'max-sm:col-span-full'

/** The columns of the devices' table. */
export const deviceColumns = () =>
  column.columns([
    column.accessor('name', {
      header: 'Name',
      meta: { className: 'sm:w-1/3' },
      cell: ({ getValue }) => (
        <span className="font-medium [overflow-wrap:anywhere]">
          <bdi>{getValue()}</bdi>
        </span>
      ),
    }),
    column.accessor('id', {
      header: 'Id',
      meta: { cellClassName: LINE },
      cell: ({ getValue }) => <span className="break-all text-mono leading-5">{getValue()}</span>,
    }),
    column.accessor('tokens', {
      id: 'narrowed',
      header: 'Narrowed to it',
      meta: { cellClassName: `${LINE} text-soft` },
      cell: ({ row: { original: device } }) => (
        <>
          <Label>Narrowed to it</Label>
          {narrowedWords(device) || <span className="text-muted">Nothing</span>}
        </>
      ),
    }),
    column.accessor('createdAt', {
      header: 'Registered',
      meta: { className: 'whitespace-nowrap sm:max-md:hidden', cellClassName: `${LINE} text-soft` },
      cell: ({ getValue }) => (
        <>
          <Label>Registered</Label>
          <Day at={getValue()} />
        </>
      ),
    }),
    column.display({
      id: 'actions',
      header: 'Actions',
      meta: {
        hiddenHead: true,
        className: 'sm:w-0',
        cellClassName: 'max-sm:col-start-2 max-sm:row-start-1 max-sm:-mr-3',
      },
      cell: ({ row: { original: device } }) => (
        <RowMenu
          id={device.id}
          name={device.name}
          items={[
            { label: 'Rename', Icon: Pencil, asks: true, onSelect: (from) => device.ask('rename', from) },
            { label: 'Remove', Icon: Trash2, asks: true, ends: true, onSelect: (from) => device.ask('remove', from) },
          ]}
        />
      ),
    }),
  ])
