import type { ListPage } from '#lib/lists/view'

/** What screens show of members. */

export type MemberRole = 'admin' | 'member' | 'viewer'

export type MemberView = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: MemberRole
  /** null: not narrowed. */
  readonly devices: readonly string[] | null
  readonly since: Date
  /** E-mail address; null where nobody invited them, as at set-up. */
  readonly invitedBy: string | null
  /** The organization above on whose behalf; null: by an admin of the organization itself. */
  readonly invitedFrom: string | null
  /** The admin of the organization who approved what came from above, by e-mail address; null: nobody was asked. */
  readonly approvedBy: string | null
  /** Of their latest session, of whichever organization; null: signed in nowhere now. */
  readonly lastSeenAt: Date | null
  /** Whoever looks. */
  readonly self: boolean
}

export type MemberPage = ListPage<MemberView> & {
  /** How many there are, whatever is looked for. */
  readonly counts: { readonly all: number; readonly admins: number }
  /** The scopes that each role holds there. */
  readonly scopes: Readonly<Record<MemberRole, readonly string[]>>
  /** Whether whoever looks may change roles: from above one only removes. */
  readonly mayChange: boolean
  /** Whether whoever looks may revoke other people's personal tokens, as admins of the platform may. */
  readonly mayRevokePersonal: boolean
}
