import type { z } from 'zod'
import type { Database } from '#db/client'
import { findPlatform } from '#db/queries/organizations'
import type { Clock } from '#lib/clock'
import { openByLink } from '#lib/invitations/by-link'
import type { OpenInvitationInput } from '#lib/invitations/schema'
import type { InvitedTo } from '#lib/invitations/view'

/**
 * What a link invites to, for whoever has it; it uses nothing up.
 * @throws DomainError `link_used`, `not_approved`, `organization_suspended`
 */
export async function openInvitation(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  { link }: z.output<typeof OpenInvitationInput>,
): Promise<InvitedTo> {
  const { invitation, organization } = await openByLink(db, link, clock())
  const platform = await findPlatform(db)
  return {
    organizationName: organization.name,
    platformName: platform?.name ?? organization.name,
    email: invitation.email,
    role: invitation.role,
    devices: invitation.devices?.length ?? null,
    invitedBy: { name: invitation.invitedBy.name, email: invitation.invitedBy.email },
    fromAbove: invitation.fromAbove,
    expiresAt: invitation.expiresAt,
  }
}
