import type { ChangeMemberInput, RemoveMemberInput } from '#lib/members/schema'
import type { Action } from '#lib/result'

/** The server actions on members. */
export type MemberActions = {
  readonly changeMember: Action<ChangeMemberInput, null>
  readonly removeMember: Action<RemoveMemberInput, { readonly self: boolean }>
}
