import { deleteDevice, findDevice } from '#db/queries/devices'
import { recordAudit } from '#lib/audit/record'
import type { AnyContext } from '#lib/context'
import type { DeviceIdInput } from '#lib/devices/schema'
import { notFound } from '#lib/errors'
import { holdOrganization } from '#lib/organizations/hold'

/**
 * Removes a device, and takes it out of all tokens, members, API users and open invitations that are narrowed to it:
 * what had it alone reaches no device any more, rather than every one.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function removeDevice(ctx: AnyContext, { organizationId, deviceId }: DeviceIdInput): Promise<null> {
  return ctx.db.transaction(async (tx) => {
    await holdOrganization(tx, ctx, organizationId, 'devices.manage')
    const device = await findDevice(tx, organizationId, deviceId)
    if (device === null) throw notFound()
    const now = ctx.clock()
    await deleteDevice(tx, organizationId, deviceId, now)
    await recordAudit(tx, ctx.actor, {
      at: now,
      action: 'device.removed',
      organizationId,
      target: { type: 'device', id: deviceId, name: device.name },
      details: {
        counts: [
          { of: 'Tokens narrowed to it', count: device.tokens },
          { of: 'Members narrowed to it', count: device.members },
          { of: 'API users narrowed to it', count: device.apiUsers },
        ].filter(({ count }) => count > 0),
      },
    })
    return null
  })
}
