import type { z } from 'zod'
import { updateOrganizationSettings } from '#db/queries/organization-settings'
import { recordAudit } from '#lib/audit/record'
import type { AnyContext } from '#lib/context'
import type { EditOwnOrganizationInput } from '#lib/organizations/schema'
import { holdPolicies } from '#lib/policies/hold'

/**
 * Changes an organization's name and whom to ask there, by its own admins and those above; a suspended one's too.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function editOwnOrganization(
  ctx: AnyContext,
  { organizationId, ...input }: z.output<typeof EditOwnOrganizationInput>,
): Promise<null> {
  return ctx.db.transaction(async (tx) => {
    const { lineage } = await holdPolicies(tx, ctx, organizationId, 'organization.edit')
    const row = lineage.at(-1)
    if (row === undefined) throw new Error('a lineage ends with the organization itself')
    const { name = row.name, contact = row.contact } = input
    const changes = [
      ...(name === row.name ? [] : [{ field: 'Name', from: row.name, to: name }]),
      ...(contact === row.contact ? [] : [{ field: 'Contact', from: row.contact ?? 'none', to: contact ?? 'none' }]),
    ]
    if (changes.length === 0) return null
    await updateOrganizationSettings(tx, organizationId, { name, contact })
    await recordAudit(tx, ctx.actor, {
      at: ctx.clock(),
      action: 'organization.edited',
      organizationId,
      target: { type: 'organization', id: organizationId, name },
      details: { changes },
    })
    return null
  })
}
