import type { Context } from '#lib/context'
import { DomainError } from '#lib/errors'
import { deleteToken } from '#lib/tokens/delete'
import { revokeToken } from '#lib/tokens/revoke'
import type { TokenOutcome } from '#lib/tokens/view'

/** Revokes several tokens, each by itself: what is refused for one keeps no other from it. */
export const revokeTokens = (
  ctx: Context,
  { tokenIds, reason }: { readonly tokenIds: readonly string[]; readonly reason?: string | undefined },
) => each(tokenIds, async (tokenId) => (await revokeToken(ctx, { tokenId, reason })).revocation)

/** The same for deleting. */
export const deleteTokens = (ctx: Context, { tokenIds }: { readonly tokenIds: readonly string[] }) =>
  each(tokenIds, (tokenId) => deleteToken(ctx, { tokenId }))

/**
 * Does it with one token after the other and tells what became of each; what is no refusal ends it. `verb` gives the id of
 * the revocation, null where it revokes nothing.
 */
export async function each(
  tokenIds: readonly string[],
  verb: (tokenId: string) => Promise<number | null>,
): Promise<TokenOutcome[]> {
  const outcomes: TokenOutcome[] = []
  for (const tokenId of tokenIds) outcomes.push({ tokenId, ...(await outcomeOf(verb(tokenId))) })
  return outcomes
}

async function outcomeOf(done: Promise<number | null>): Promise<Omit<TokenOutcome, 'tokenId'>> {
  try {
    return { refusal: null, revocation: await done }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { refusal: { code: error.code, message: error.message }, revocation: null }
  }
}
