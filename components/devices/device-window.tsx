'use client'

import type { DeviceActions } from '#components/devices/device-actions'
import { DeviceDialog } from '#components/devices/device-dialog'
import { ImportDevicesDialog } from '#components/devices/import-devices-dialog'
import { RemoveDeviceDialog } from '#components/devices/remove-device-dialog'
import { ListWindow } from '#components/lists/list-window'
import type { ListWindowProps } from '#components/lists/use-list-dialog'
import type { DeviceView } from '#lib/devices/view'

export type DeviceDialogState =
  | { readonly kind: 'register' | 'import' }
  | { readonly kind: 'rename' | 'remove'; readonly device: DeviceView }

/** The window of the dialogs on devices. */
export function DeviceWindow({
  state,
  organization,
  importUrl,
  actions,
  gone,
  ...frame
}: ListWindowProps<DeviceDialogState> & {
  organization: { readonly id: string }
  importUrl: string
  actions: DeviceActions
}) {
  const common = { organizationId: organization.id, actions, close: frame.close }
  return (
    <ListWindow {...frame}>
      {state.kind === 'import' ? (
        <ImportDevicesDialog url={importUrl} close={frame.close} />
      ) : state.kind === 'remove' ? (
        <RemoveDeviceDialog {...common} device={state.device} gone={gone} />
      ) : (
        <DeviceDialog {...common} device={state.kind === 'rename' ? state.device : null} />
      )}
    </ListWindow>
  )
}
