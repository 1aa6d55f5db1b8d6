import type { z } from 'zod'
import { hasOwnAdmin, updateInvitation } from '#db/queries/invitations'
import { recordAudit } from '#lib/audit/record'
import { DomainError } from '#lib/errors'
import { deliver, type InvitingContext } from '#lib/invitations/deliver'
import { holdOpenInvitation, needsApproval, requireMay } from '#lib/invitations/place'
import type { InvitationIdInput } from '#lib/invitations/schema'
import type { Invited } from '#lib/invitations/view'

/**
 * Lets an invitation from above go out, by an admin of the organization itself who is none above it and did not send it.
 * @throws DomainError `not_found`, `forbidden`, `organization_suspended`, `link_used`, `already_invited`
 */
export const approveInvitation = (
  ctx: InvitingContext,
  { invitationId }: z.output<typeof InvitationIdInput>,
): Promise<Invited> =>
  ctx.db.transaction(async (tx) => {
    const { organization, actor, invitation } = await holdOpenInvitation(tx, ctx, invitationId)
    requireMay({ actor }, 'members.invite', organization)
    if (!needsApproval(invitation, await hasOwnAdmin(tx, organization.id)))
      throw new DomainError('already_invited', 'It was approved already.')
    if (invitation.invitedBy.id === ctx.actor.userId)
      throw new DomainError(
        'forbidden',
        `You sent it yourself: another admin of ${organization.name} has to approve it.`,
      )
    const now = ctx.clock()
    await updateInvitation(tx, invitation.id, { approvedAt: now, approvedBy: ctx.actor.userId })
    await recordAudit(tx, ctx.actor, {
      at: now,
      action: 'invitation.approved',
      organizationId: organization.id,
      target: { type: 'invitation', id: invitation.id, name: invitation.email },
      details: { role: invitation.role },
    })
    return deliver(tx, ctx, invitation.id)
  })
