import type { ChangeMemberInput, RemoveMemberInput } from '#lib/members/schema'
import type { Action } from '#lib/result'
import type { ListPersonalTokensInput, RevokePersonalTokensInput } from '#lib/tokens/schema'
import type { PersonalTokensOf, TokenOutcome } from '#lib/tokens/view'

/** The server actions on members. */
export type MemberActions = {
  readonly changeMember: Action<ChangeMemberInput, null>
  readonly removeMember: Action<RemoveMemberInput, { readonly self: boolean }>
  /** For admins of the platform, about people who are not themselves. */
  readonly listPersonalTokens: Action<ListPersonalTokensInput, PersonalTokensOf>
  /** Those that could not be are told with the reason, the others are done. */
  readonly revokePersonalTokens: Action<RevokePersonalTokensInput, readonly TokenOutcome[]>
}
