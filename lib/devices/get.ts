import { listDevices } from '#db/queries/devices'
import { can } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import type { DeviceView } from '#lib/devices/view'
import { notFound } from '#lib/errors'
import type { Organization } from '#lib/organizations/load'

/**
 * One device of an organization, for its admins and those above.
 * @throws DomainError `not_found` for everybody else, and where it is not registered
 */
export async function viewDevice(
  { db, actor }: AnyContext,
  organization: Organization,
  deviceId: string,
): Promise<DeviceView> {
  if (!can(actor, 'devices.see', organization)) throw notFound()
  const [row] = await listDevices(db, organization.id, { nameKey: '', id: '' }, { from: 'at', id: deviceId }, 1)
  if (row === undefined) throw notFound()
  return row
}
