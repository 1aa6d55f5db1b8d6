import type { InvitationIdInput, InviteMemberInput } from '#lib/invitations/schema'
import type { Invited } from '#lib/invitations/view'
import type { Action } from '#lib/result'

/** What screens do with invitations. */
export type InvitationActions = {
  readonly inviteMember: Action<InviteMemberInput, Invited>
  readonly approveInvitation: Action<InvitationIdInput, Invited>
  readonly resendInvitation: Action<InvitationIdInput, Invited>
  readonly withdrawInvitation: Action<InvitationIdInput, null>
}
