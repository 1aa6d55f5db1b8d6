import { countDevices, listDeviceChoices, listDevices as selectDevices } from '#db/queries/devices'
import { can } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import type { DeviceChoiceView, DevicePage } from '#lib/devices/view'
import { notFound } from '#lib/errors'
import { pageFrom, placeOf, ROWS_A_PAGE } from '#lib/lists/page'
import type { ListSearch } from '#lib/lists/search'
import { nameKey } from '#lib/names'
import type { Organization } from '#lib/organizations/load'

const CHOICES = 50

const searchFor = (text: string) => ({ nameKey: nameKey(text), id: text.toLowerCase() })

/**
 * One page of an organization's devices, for its admins and those above; two queries, whatever the number of rows.
 * @throws DomainError `not_found` for everybody else
 */
export async function listDevices(
  { db, actor }: AnyContext,
  organization: Organization,
  search: ListSearch,
  size: number = ROWS_A_PAGE,
): Promise<DevicePage> {
  if (!can(actor, 'devices.see', organization)) throw notFound()
  const [rows, counts] = await Promise.all([
    selectDevices(db, organization.id, searchFor(search.q), placeOf(search), size),
    countDevices(db, organization.id),
  ])
  return { ...pageFrom(rows, ({ position: _, total: __, ...row }) => row), counts }
}

/**
 * The first 50 devices that a search finds, and how many it finds in all.
 * @throws DomainError `not_found` for those who may not narrow anything to them
 */
export async function findDeviceChoices(
  { db, actor }: AnyContext,
  organization: Organization,
  text: string,
): Promise<{ devices: DeviceChoiceView[]; total: number }> {
  if (!can(actor, 'devices.manage', organization)) throw notFound()
  const rows = await listDeviceChoices(db, organization.id, searchFor(text), CHOICES)
  return { devices: rows.map(({ id, name }) => ({ id, name })), total: rows[0]?.total ?? 0 }
}
