import type { Queryable, Transaction } from '#db/client'
import {
  findInvitationByLink,
  hasOwnAdmin,
  holdInvitation,
  type InvitationRow,
  updateInvitation,
} from '#db/queries/invitations'
import { listRolesAt } from '#db/queries/members'
import { lockOrganization } from '#db/queries/organizations'
import { linkDigest } from '#lib/accounts/link'
import { type AuditActor, recordAudit } from '#lib/audit/record'
import { can } from '#lib/authorization'
import { DomainError } from '#lib/errors'
import { needsApproval } from '#lib/invitations/place'
import { loadOrganization, type Organization } from '#lib/organizations/load'

type ByLink = {
  readonly invitation: InvitationRow & { readonly expiresAt: Date }
  readonly organization: Organization
}

/**
 * The invitation behind a link, if it can be accepted now.
 * @throws DomainError `link_used` with what to do where it was accepted, withdrawn, replaced or has run out;
 * `not_approved`, `organization_suspended`
 */
export async function openByLink(db: Queryable, link: string, now: Date): Promise<ByLink> {
  const invitation = await findInvitationByLink(db, linkDigest(link))
  if (invitation === null) throw ended('This link does not work: a newer one may have taken its place. Use the newest.')
  const organization = await loadOrganization(db, invitation.organizationId)
  const ask = `Ask ${invitation.invitedBy.name} (${invitation.invitedBy.email}) for a new one.`
  if (invitation.acceptedAt !== null) throw ended('This invitation was accepted already. Sign in.')
  if (invitation.withdrawnAt !== null || organization === null || organization.closed)
    throw ended(`This invitation was withdrawn. ${ask}`)
  // Who may not invite there any more brings nobody in, themselves above all.
  const by = invitation.approvedBy ?? invitation.invitedBy.id
  if (!can({ memberships: await listRolesAt(db, by, organization.path) }, 'members.inviteFirstAdmin', organization))
    throw ended(`Whoever sent this invitation can't invite there any more. Ask an admin of ${organization.name}.`)
  const { expiresAt } = invitation
  if (expiresAt === null || expiresAt <= now) throw ended(`This invitation has run out. ${ask}`)
  if (needsApproval(invitation, await hasOwnAdmin(db, organization.id)))
    throw new DomainError(
      'not_approved',
      `${organization.name} has an admin by now, who has to approve this invitation first.`,
    )
  if (organization.suspendedBy !== null)
    throw new DomainError('organization_suspended', `${organization.name} is suspended: nobody can join it now.`)
  return { invitation: { ...invitation, expiresAt }, organization }
}

/** The same, held until the transaction ends, the organization first: two who accept at once, one wins. */
export async function holdByLink(tx: Transaction, link: string, now: Date): Promise<ByLink> {
  const { invitation } = await openByLink(tx, link, now)
  await lockOrganization(tx, invitation.organizationId)
  await holdInvitation(tx, invitation.id)
  return openByLink(tx, link, now)
}

/** Uses the invitation up for a person who has just become a member by it. */
export async function settle(
  tx: Transaction,
  { invitation, organization }: ByLink,
  member: AuditActor & { readonly userId: string },
  now: Date,
): Promise<void> {
  await updateInvitation(tx, invitation.id, { acceptedAt: now, acceptedBy: member.userId })
  await recordAudit(tx, member, {
    at: now,
    action: 'member.joined',
    organizationId: organization.id,
    target: { type: 'user', id: member.userId, name: member.email },
    details: { role: invitation.role, reason: `Invited by ${invitation.invitedBy.email}` },
  })
}

const ended = (message: string) => new DomainError('link_used', message)
