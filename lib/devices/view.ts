import type { ListPage } from '#lib/lists/view'

/** What screens show of devices. */

/** How many are narrowed to a device, among others or alone. */
type Narrowed = { readonly tokens: number; readonly members: number; readonly apiUsers: number }

export type DeviceView = Narrowed & { readonly id: string; readonly name: string; readonly createdAt: Date }

export type DevicePage = ListPage<DeviceView> & {
  /** How many devices there are, whatever is looked for, and how many tokens, members and API users are narrowed to some. */
  readonly counts: Narrowed & { readonly devices: number }
}

/** A device as it is chosen. */
export type DeviceChoiceView = { readonly id: string; readonly name: string }

/** What is wrong with a line of an upload. */
export type LineFault = { readonly line: number; readonly reason: string }

export type ImportDone = { readonly added: number; readonly renamed: number; readonly unchanged: number }
