import type { TokenView } from '#lib/tokens/view'

/** What became of a token, to the letter: "Token successfully revoked", "User token …" where it is personal. */
export function successOf(
  token: Pick<TokenView, 'kind'>,
  verb: 'updated' | 'revoked' | 'restored' | 'deleted',
): string {
  return `${token.kind === 'personal' ? 'User token' : 'Token'} successfully ${verb}`
}
