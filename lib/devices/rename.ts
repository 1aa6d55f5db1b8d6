import type { z } from 'zod'
import { findDevice, upsertDevices } from '#db/queries/devices'
import { recordAudit } from '#lib/audit/record'
import type { AnyContext } from '#lib/context'
import type { DeviceInput } from '#lib/devices/schema'
import { notFound } from '#lib/errors'
import { nameKey } from '#lib/names'
import { holdOrganization } from '#lib/organizations/hold'

/**
 * Gives a device another name; its id, and what is narrowed to it, stay.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function renameDevice(ctx: AnyContext, input: z.output<typeof DeviceInput>): Promise<null> {
  const { organizationId, deviceId, name } = input
  return ctx.db.transaction(async (tx) => {
    await holdOrganization(tx, ctx, organizationId, 'devices.manage')
    const device = await findDevice(tx, organizationId, deviceId)
    if (device === null) throw notFound()
    if (device.name === name) return null
    const now = ctx.clock()
    await upsertDevices(tx, organizationId, [{ id: deviceId, name, nameKey: nameKey(name) }], now)
    await recordAudit(tx, ctx.actor, {
      at: now,
      action: 'device.renamed',
      organizationId,
      target: { type: 'device', id: deviceId, name },
      details: { changes: [{ field: 'Name', from: device.name, to: name }] },
    })
    return null
  })
}
