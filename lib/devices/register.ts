import type { z } from 'zod'
import { findDevice, upsertDevices } from '#db/queries/devices'
import { recordAudit } from '#lib/audit/record'
import type { AnyContext } from '#lib/context'
import type { DeviceInput } from '#lib/devices/schema'
import { DomainError } from '#lib/errors'
import { nameKey } from '#lib/names'
import { holdOrganization } from '#lib/organizations/hold'
import { requireNotSuspended } from '#lib/organizations/load'

/**
 * Registers a device in an organization, so that rights there can be narrowed to it.
 * @throws DomainError `not_found`, `forbidden`, `organization_suspended`, `name_taken` where the id is registered already
 */
export async function registerDevice(ctx: AnyContext, input: z.output<typeof DeviceInput>): Promise<null> {
  const { organizationId, deviceId, name } = input
  return ctx.db.transaction(async (tx) => {
    const { organization } = await holdOrganization(tx, ctx, organizationId, 'devices.manage')
    requireNotSuspended(organization)
    const taken = await findDevice(tx, organizationId, deviceId)
    if (taken !== null) {
      const message = `${deviceId} is registered already, as "${taken.name}".`
      throw new DomainError('name_taken', message, { deviceId: message })
    }
    const now = ctx.clock()
    await upsertDevices(tx, organizationId, [{ id: deviceId, name, nameKey: nameKey(name) }], now)
    await recordAudit(tx, ctx.actor, {
      at: now,
      action: 'device.registered',
      organizationId,
      target: { type: 'device', id: deviceId, name },
    })
    return null
  })
}
