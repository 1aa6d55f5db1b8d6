import { z } from 'zod'
import { Email, linkOf, newPassword } from '#lib/accounts/schema'
import { DeviceChoice } from '#lib/devices/schema'
import { displayName, isShowable } from '#lib/names'

const link = linkOf('the mail, or ask whoever invited you for it')

export const InviteMemberInput = z.strictObject({
  organizationId: z.uuid(),
  email: z.string().refine(isShowable, 'Enter an e-mail address.').pipe(Email),
  role: z.enum(['admin', 'member', 'viewer']),
  /** Ids of devices that the member's rights are narrowed to; absent or null: not narrowed. */
  devices: DeviceChoice.optional(),
})
export type InviteMemberInput = z.input<typeof InviteMemberInput>

export const InvitationIdInput = z.strictObject({ invitationId: z.uuid() })
export type InvitationIdInput = z.input<typeof InvitationIdInput>

export const OpenInvitationInput = z.strictObject({ link })
export type OpenInvitationInput = z.input<typeof OpenInvitationInput>

export const AcceptInvitationInput = z.strictObject({ link, name: displayName, password: newPassword })
export type AcceptInvitationInput = z.input<typeof AcceptInvitationInput>

export const JoinByInvitationInput = z.strictObject({
  link,
  /** The e-mail address of the account that the page said it would join with. */
  as: z.string().min(1).max(254).refine(isShowable, 'Enter an e-mail address.'),
})
export type JoinByInvitationInput = z.input<typeof JoinByInvitationInput>
