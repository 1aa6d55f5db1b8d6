import type { ConfirmIdentityInput } from '#lib/accounts/schema'
import type { Action } from '#lib/result'
import type {
  CreateTokenInput,
  DeleteTokensInput,
  EditTokenInput,
  RevealTokenInput,
  RevokeTokenInput,
  RevokeTokensInput,
  RotateTokenInput,
  TokenIdInput,
} from '#lib/tokens/schema'
import type { TokenOutcome, TokenView } from '#lib/tokens/view'
import type { Proof, Revoked } from '#lib/verifiers/view'

/** The server actions of the Tokens screens, as components receive them in props. */
export type TokenActions = {
  readonly createToken: Action<CreateTokenInput, TokenView>
  /** The one door a secret leaves by. `first` is true where it was minted now, or again for the same key. */
  readonly revealToken: Action<RevealTokenInput, { readonly secret: string; readonly token: TokenView }>
  /** The same door for a secret that goes to the clipboard unseen; it differs in its audit event. */
  readonly copyToken: Action<RevealTokenInput, { readonly secret: string; readonly token: TokenView }>
  /** Ends a reveal: from now on the same key gets nothing. */
  readonly finishReveal: Action<TokenIdInput, null>
  readonly editToken: Action<EditTokenInput, TokenView>
  /** The next reveal mints a new secret; the present one works on for the chosen overlap after it. */
  readonly rotateToken: Action<RotateTokenInput, TokenView>
  /** What a refusal `confirmation_required` asks for; after it the same may be tried again. */
  readonly confirmIdentity: Action<ConfirmIdentityInput, null>
  readonly revokeToken: Action<RevokeTokenInput, Revoked & { readonly proof: Proof | null }>
  readonly restoreToken: Action<TokenIdInput, TokenView>
  readonly deleteToken: Action<TokenIdInput, null>
  /** One after the other; those that could not be are told with the reason, the others are done. */
  readonly revokeTokens: Action<RevokeTokensInput, readonly TokenOutcome[]>
  readonly deleteTokens: Action<DeleteTokensInput, readonly TokenOutcome[]>
}
