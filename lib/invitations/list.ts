import { hasOwnAdmin, type InvitationRow, listOpenInvitations } from '#db/queries/invitations'
import { can, standing } from '#lib/authorization'
import { notFound } from '#lib/errors'
import type { AnyInvitingContext } from '#lib/invitations/deliver'
import { needsApproval } from '#lib/invitations/place'
import type { InvitationsView, InvitationView } from '#lib/invitations/view'
import type { Organization } from '#lib/organizations/load'

/**
 * The open invitations of an organization, oldest first, for those who manage its members: two queries, however many.
 * @throws DomainError `not_found` for everybody else
 */
export async function listInvitations(
  { db, actor, clock, post }: AnyInvitingContext,
  organization: Organization,
): Promise<InvitationsView> {
  if (!can(actor, 'members.see', organization)) throw notFound()
  const [rows, hasAdmin] = await Promise.all([
    listOpenInvitations(db, organization.id),
    hasOwnAdmin(db, organization.id),
  ])
  const isAdmin = can(actor, 'members.invite', organization)
  const mayGoOut = organization.suspendedBy === null
  const sendsMail = post !== null
  const present = (row: InvitationRow): InvitationView => {
    const state = stateOf(row, { hasAdmin, mayGoOut, sendsMail, now: clock() })
    const mayResend = isAdmin || row.approvedBy === null
    return {
      id: row.id,
      email: row.email,
      role: row.role,
      devices: row.devices?.length ?? null,
      invitedBy: { name: row.invitedBy.name, email: row.invitedBy.email },
      fromAbove: row.fromAbove,
      createdAt: row.createdAt,
      state,
      expiresAt: row.expiresAt,
      mayApprove: mayGoOut && isAdmin && state === 'approval' && row.invitedBy.id !== actor.userId,
      mayResend: mayGoOut && mayResend && state !== 'approval',
    }
  }
  return {
    organizationId: organization.id,
    organizationName: organization.name,
    standing: isAdmin ? 'admin' : standing(actor, organization).role === 'admin' ? 'both' : 'above',
    hasAdmin,
    sendsMail,
    invitations: rows.map(present),
  }
}

function stateOf(
  row: InvitationRow,
  {
    hasAdmin,
    mayGoOut,
    sendsMail,
    now,
  }: { readonly hasAdmin: boolean; readonly mayGoOut: boolean; readonly sendsMail: boolean; readonly now: Date },
): InvitationView['state'] {
  if (needsApproval(row, hasAdmin)) return 'approval'
  if (row.expiresAt === null) return mayGoOut ? (sendsMail ? 'sending' : 'unsent') : 'held'
  return row.expiresAt > now ? 'sent' : 'run-out'
}
