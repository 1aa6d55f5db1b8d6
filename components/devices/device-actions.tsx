import type { DeviceIdInput, DeviceInput } from '#lib/devices/schema'
import type { Action } from '#lib/result'

/** The server actions on devices. */
export type DeviceActions = {
  readonly registerDevice: Action<DeviceInput, null>
  readonly renameDevice: Action<DeviceInput, null>
  readonly removeDevice: Action<DeviceIdInput, null>
}
