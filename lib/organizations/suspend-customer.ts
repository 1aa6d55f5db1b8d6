import { updateOrganizations } from '#db/queries/organizations'
import { recordAudit } from '#lib/audit/record'
import type { AnyContext } from '#lib/context'
import { holdCustomer } from '#lib/organizations/hold-customer'
import type { OrganizationIdInput } from '#lib/organizations/schema'

/**
 * Has all tokens of an organization, and of those below it, verify as inactive until an admin above resumes it. Doing it
 * again changes nothing and is no event.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function suspendCustomer(ctx: AnyContext, { organizationId }: OrganizationIdInput): Promise<null> {
  return ctx.db.transaction(async (tx) => {
    const { customer } = await holdCustomer(tx, ctx, organizationId)
    if (customer.suspendedAt !== null) return null
    const now = ctx.clock()
    await updateOrganizations(tx, [customer.id], { suspendedAt: now })
    await recordAudit(tx, ctx.actor, {
      at: now,
      action: 'organization.suspended',
      organizationId: customer.id,
      target: { type: 'organization', id: customer.id, name: customer.name },
    })
    return null
  })
}
