'use server'

import { formAction } from '#lib/action'
import * as approve from '#lib/invitations/approve'
import * as invite from '#lib/invitations/invite'
import * as resend from '#lib/invitations/resend'
import { InvitationIdInput, InviteMemberInput } from '#lib/invitations/schema'
import * as withdraw from '#lib/invitations/withdraw'
import { post } from '#lib/mail/post'

// Without a mail server the answers of the first three hold a link, for the one response that hands it over.
export const inviteMember = formAction('inviteMember', InviteMemberInput, (ctx, input) =>
  invite.inviteMember({ ...ctx, post: post() }, input),
)
export const approveInvitation = formAction('approveInvitation', InvitationIdInput, (ctx, input) =>
  approve.approveInvitation({ ...ctx, post: post() }, input),
)
export const resendInvitation = formAction('resendInvitation', InvitationIdInput, (ctx, input) =>
  resend.resendInvitation({ ...ctx, post: post() }, input),
)
export const withdrawInvitation = formAction('withdrawInvitation', InvitationIdInput, async (ctx, input) => {
  await withdraw.withdrawInvitation(ctx, input)
  return null
})
