import { updateOrganizations } from '#db/queries/organizations'
import { recordAudit } from '#lib/audit/record'
import { type AnyInvitingContext, repostMails } from '#lib/invitations/deliver'
import { holdCustomer } from '#lib/organizations/hold-customer'
import { requireNotSuspended } from '#lib/organizations/load'
import type { OrganizationIdInput } from '#lib/organizations/schema'

/**
 * Ends a suspension: what stands below works again too, unless it is suspended itself. Below a suspended parent nothing
 * is resumed. Invitations whose mail waited for it go out. Where nothing is suspended it changes nothing and is no event.
 * @throws DomainError `not_found`, `forbidden`, `organization_suspended`
 */
export async function resumeCustomer(ctx: AnyInvitingContext, { organizationId }: OrganizationIdInput): Promise<null> {
  return ctx.db.transaction(async (tx) => {
    const { customer, parent } = await holdCustomer(tx, ctx, organizationId)
    requireNotSuspended(parent)
    if (customer.suspendedAt === null) return null
    await updateOrganizations(tx, [customer.id], { suspendedAt: null })
    await repostMails(tx, ctx, customer.id)
    await recordAudit(tx, ctx.actor, {
      at: ctx.clock(),
      action: 'organization.resumed',
      organizationId: customer.id,
      target: { type: 'organization', id: customer.id, name: customer.name },
    })
    return null
  })
}
