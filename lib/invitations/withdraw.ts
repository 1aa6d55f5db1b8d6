import type { z } from 'zod'
import { updateInvitation } from '#db/queries/invitations'
import { recordAudit } from '#lib/audit/record'
import type { AnyContext } from '#lib/context'
import { holdOpenInvitation } from '#lib/invitations/place'
import type { InvitationIdInput } from '#lib/invitations/schema'

/**
 * Ends an open invitation: its link is void at once. Suspended organizations' too, since it takes away.
 * @throws DomainError `not_found`, `forbidden`, `link_used`
 */
export const withdrawInvitation = (
  ctx: AnyContext,
  { invitationId }: z.output<typeof InvitationIdInput>,
): Promise<void> =>
  ctx.db.transaction(async (tx) => {
    const { organization, invitation } = await holdOpenInvitation(tx, ctx, invitationId)
    const now = ctx.clock()
    await updateInvitation(tx, invitation.id, { withdrawnAt: now })
    await recordAudit(tx, ctx.actor, {
      at: now,
      action: 'invitation.withdrawn',
      organizationId: organization.id,
      target: { type: 'invitation', id: invitation.id, name: invitation.email },
    })
  })
