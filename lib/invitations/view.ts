import type { Role } from '#lib/authorization'

/** What screens show of invitations. */

export type InvitationView = {
  readonly id: string
  readonly email: string
  readonly role: Role
  /** How many devices it is narrowed to; null: not narrowed. */
  readonly devices: number | null
  readonly invitedBy: { readonly name: string; readonly email: string }
  /** The organization above on whose behalf; null: by an admin of the organization itself. */
  readonly fromAbove: string | null
  readonly createdAt: Date
  /**
   * `approval`: an admin of the organization has to approve it first; `sending`: the mail has not gone out yet; `held`:
   * nor does it before the suspension ends; `unsent`: nor at all, and sending it again makes a link; `sent`: its link works; `run-out`: its link works no more.
   */
  readonly state: 'approval' | 'sending' | 'held' | 'unsent' | 'sent' | 'run-out'
  /** Until when the link works; null: there is none. */
  readonly expiresAt: Date | null
  readonly mayApprove: boolean
  readonly mayResend: boolean
}

/** The open invitations of an organization, and how whoever looks may add to them. */
export type InvitationsView = {
  readonly organizationId: string
  readonly organizationName: string
  /** Admin of the organization itself, of one `above` it, or of `both`. */
  readonly standing: 'admin' | 'above' | 'both'
  /** Whether it has an admin who is none above it. */
  readonly hasAdmin: boolean
  /** false: whoever invites hands the link over. */
  readonly sendsMail: boolean
  readonly invitations: readonly InvitationView[]
}

/** What became of an invitation that was made, approved or sent again. */
export type Invited = {
  readonly id: string
  /** `waiting` for an admin's approval, `mailed`, or with a link that is shown this once. */
  readonly became: 'waiting' | 'mailed' | 'link'
  /** The secret part of the link, where there is no mail server; null otherwise. */
  readonly link: string | null
}

/** What somebody is invited to, as told to whoever has the link. */
export type InvitedTo = {
  readonly organizationName: string
  readonly platformName: string
  readonly email: string
  readonly role: Role
  readonly devices: number | null
  readonly invitedBy: { readonly name: string; readonly email: string }
  readonly fromAbove: string | null
  readonly expiresAt: Date
}
