'use client'

import { FileUp, Plus } from 'lucide-react'
import { useMemo } from 'react'
import { DataTable } from '#components/data-table/data-table'
import type { DeviceActions } from '#components/devices/device-actions'
import { DEVICE_BLOCK, deviceColumns } from '#components/devices/device-columns'
import type { DeviceDialogState } from '#components/devices/device-window'
import { isOrAre, narrowedWords } from '#components/devices/device-words'
import { ListPages, NothingListed } from '#components/lists/list-pages'
import { ListSearchBox } from '#components/lists/list-search'
import { useListDialog } from '#components/lists/use-list-dialog'
import { PageHeader } from '#components/shell/page-header'
import { HEADING_ID } from '#components/tokens/focus-after-dialog'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import type { DevicePage } from '#lib/devices/view'
import type { ListSearch } from '#lib/lists/search'

const loadWindow = () => import('#components/devices/device-window').then((module) => module.DeviceWindow)

/** The page Devices of an organization, at `path`. */
export function DevicesScreen({
  path,
  organization,
  page,
  search,
  actions,
}: {
  path: string
  organization: { readonly id: string; readonly name: string }
  page: DevicePage
  search: ListSearch
  actions: DeviceActions
}) {
  const { rows, counts } = page
  const more = { organization, importUrl: `${path}/import`, actions }
  const { ask, window } = useListDialog<DeviceDialogState, typeof more>(
    rows.map(({ id }) => id),
    loadWindow,
    more,
  )
  const listed = rows.map((device) => ({
    ...device,
    ask: (kind: 'rename' | 'remove', from: HTMLElement | null) => ask({ kind, device }, device.id, from),
  }))
  const columns = useMemo(() => deviceColumns(), [])
  const buttons = (
    <div className="flex flex-wrap justify-end gap-2 max-sm:justify-center">
      <Button onClick={(event) => ask({ kind: 'import' }, null, event.currentTarget)}>
        <FileUp aria-hidden />
        <span className="max-sm:sr-only">Import</span>
      </Button>
      <Button variant="primary" onClick={(event) => ask({ kind: 'register' }, null, event.currentTarget)}>
        <Plus aria-hidden />
        Register device
      </Button>
    </div>
  )
  return (
    <>
      <PageHeader
        title={
          <span id={HEADING_ID} tabIndex={-1}>
            Devices
          </span>
        }
        answer={<Answer name={organization.name} counts={counts} />}
        actions={counts.devices > 0 && buttons}
      />
      {counts.devices === 0 ? (
        <EmptyState
          heading="No devices yet"
          text={
            <>
              Register the devices of <bdi>{organization.name}</bdi>, and tokens, members and API users can be narrowed
              to some of them.
            </>
          }
          action={buttons}
        />
      ) : (
        <>
          <ListSearchBox label="Search name or id" path={path} search={search} />
          {rows.length === 0 ? (
            <NothingListed path={path} search={search} noun="device" />
          ) : (
            <>
              <DataTable
                label="Devices"
                columns={columns}
                rows={listed}
                rowId={({ id }) => id}
                rowClassName={DEVICE_BLOCK}
                sort={{ column: 'name', descending: false }}
                sortHref={() => path}
              />
              <ListPages path={path} search={search} page={page} noun={['device', 'devices']} />
            </>
          )}
        </>
      )}
      {window}
    </>
  )
}

function Answer({ name, counts }: { name: string; counts: DevicePage['counts'] }) {
  if (counts.devices === 0)
    return (
      <>
        Everything in <bdi>{name}</bdi> reaches every device.
      </>
    )
  const narrowed = narrowedWords(counts)
  return (
    <>
      <strong>{counts.devices}</strong> {counts.devices === 1 ? 'device' : 'devices'}.{' '}
      {narrowed === '' ? (
        'Nothing is narrowed to any of them yet.'
      ) : (
        <>
          <strong>{narrowed}</strong> {isOrAre(counts)} narrowed to some.
        </>
      )}
    </>
  )
}
