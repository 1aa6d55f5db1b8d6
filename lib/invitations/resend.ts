import type { z } from 'zod'
import { hasOwnAdmin } from '#db/queries/invitations'
import { recordAudit } from '#lib/audit/record'
import { DomainError } from '#lib/errors'
import { deliver, type InvitingContext } from '#lib/invitations/deliver'
import { holdOpenInvitation, needsApproval, requireMay } from '#lib/invitations/place'
import type { InvitationIdInput } from '#lib/invitations/schema'
import type { Invited } from '#lib/invitations/view'

/**
 * Gives an open invitation a new link, for 72 hours again; the old one is void. From above only what was sent from there
 * and needs nobody's approval.
 * @throws DomainError `not_found`, `forbidden`, `organization_suspended`, `link_used`, `not_approved`
 */
export const resendInvitation = (
  ctx: InvitingContext,
  { invitationId }: z.output<typeof InvitationIdInput>,
): Promise<Invited> =>
  ctx.db.transaction(async (tx) => {
    const { organization, actor, invitation } = await holdOpenInvitation(tx, ctx, invitationId)
    // Without a mail server whoever sends it again sees the link: nobody above takes over what was not theirs alone.
    requireMay({ actor }, invitation.approvedBy === null ? 'members.inviteFirstAdmin' : 'members.invite', organization)
    const waits = needsApproval(invitation, await hasOwnAdmin(tx, organization.id))
    if (waits) throw new DomainError('not_approved', `An admin of ${organization.name} has to approve it first.`)
    await recordAudit(tx, ctx.actor, {
      at: ctx.clock(),
      action: 'invitation.resent',
      organizationId: organization.id,
      target: { type: 'invitation', id: invitation.id, name: invitation.email },
    })
    return deliver(tx, ctx, invitation.id)
  })
