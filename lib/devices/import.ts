import { upsertDevices } from '#db/queries/devices'
import { recordAudit } from '#lib/audit/record'
import { can } from '#lib/authorization'
import type { Context } from '#lib/context'
import { parseDevices } from '#lib/devices/parse'
import type { ImportDone, LineFault } from '#lib/devices/view'
import { notFound } from '#lib/errors'
import { nameKey } from '#lib/names'
import { holdOrganization } from '#lib/organizations/hold'
import { type Organization, requireNotSuspended } from '#lib/organizations/load'

/**
 * Registers all devices of an upload and renames those that are registered already; or, where any line is wrong, does
 * nothing and tells every fault.
 * @throws DomainError `not_found`, `organization_suspended`
 */
export async function importDevices(
  ctx: Context,
  organization: Organization,
  upload: Uint8Array,
): Promise<ImportDone | { readonly faults: readonly LineFault[] }> {
  if (!can(ctx.actor, 'devices.manage', organization)) throw notFound()
  requireNotSuspended(organization)
  const { devices, faults } = parseDevices(upload)
  if (faults.length > 0) return { faults }
  const { id: organizationId } = organization
  return ctx.db.transaction(async (tx) => {
    const { organization: held } = await holdOrganization(tx, ctx, organizationId, 'devices.manage')
    requireNotSuspended(held)
    const now = ctx.clock()
    const rows = devices.map((device) => ({ ...device, nameKey: nameKey(device.name) }))
    const { added, renamed } = await upsertDevices(tx, organizationId, rows, now)
    if (added + renamed > 0)
      await recordAudit(tx, ctx.actor, {
        at: now,
        action: 'device.imported',
        organizationId,
        target: { type: 'organization', id: organizationId, name: held.name },
        details: {
          counts: [
            { of: 'Registered', count: added },
            { of: 'Renamed', count: renamed },
          ],
        },
      })
    return { added, renamed, unchanged: devices.length - added - renamed }
  })
}
