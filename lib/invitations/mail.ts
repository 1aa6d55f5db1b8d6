import type { Database } from '#db/client'
import { dropInvitationLink, findInvitation, hasOwnAdmin, renewInvitationLink } from '#db/queries/invitations'
import { findPlatform } from '#db/queries/organizations'
import { newLink } from '#lib/accounts/link'
import type { Role } from '#lib/authorization'
import type { Clock } from '#lib/clock'
import { INVITATION_MS } from '#lib/invitations/deliver'
import { needsApproval } from '#lib/invitations/place'
import { compose, inWords } from '#lib/mail/compose'
import type { Mail } from '#lib/mail/transport'
import { loadOrganization } from '#lib/organizations/load'

const AS: Readonly<Record<Role, string>> = { admin: 'an admin', member: 'a member', viewer: 'a viewer' }

/**
 * Sends the mail of an invitation with a link made for it, which voids every one before. One that has ended meanwhile,
 * waits for approval, or is to a closed organization is left out; one to a suspended organization until it is resumed. Throws what `send` throws; then no link
 * works, and the invitation waits for the next try.
 */
export async function mailInvitation(
  { db, clock, appUrl }: { readonly db: Database; readonly clock: Clock; readonly appUrl: string },
  invitationId: string,
  send: (mail: Mail) => Promise<void>,
): Promise<void> {
  const invitation = await findInvitation(db, invitationId)
  if (invitation === null) return
  const { organizationId, email, invitedBy, fromAbove, role } = invitation
  const [organization, organizationHasAdmin, platform] = await Promise.all([
    loadOrganization(db, organizationId),
    hasOwnAdmin(db, organizationId),
    findPlatform(db),
  ])
  if (organization === null || organization.closed || organization.suspendedBy !== null) return
  if (needsApproval(invitation, organizationHasAdmin)) return
  const { link, digest } = newLink()
  const expiresAt = new Date(clock().getTime() + INVITATION_MS)
  if (!(await renewInvitationLink(db, invitationId, { digest, expiresAt }))) return
  const who = `${invitedBy.name} (${invitedBy.email})${fromAbove === null ? '' : ` of ${fromAbove}`}`
  const where = platform === null ? 'Tokenry' : platform.name
  const mail = compose({
    to: email,
    subject: `Invitation to ${organization.name}`,
    before: [`${who} invites you to ${organization.name} on ${where}, as ${AS[role]}.`],
    link: { words: 'Accept the invitation', url: `${appUrl}/invite#${link}` },
    after: [
      `The link works once, until ${inWords(expiresAt)}. Whoever has it can accept: keep it to yourself.`,
      'If you did not expect this, do nothing. Nobody becomes a member without the link.',
    ],
  })
  try {
    await send(mail)
  } catch (error) {
    await dropInvitationLink(db, invitationId, digest)
    throw error
  }
}
