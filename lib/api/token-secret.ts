import { OpenedTokenJson } from '#lib/api/token'
import type { AnyContext } from '#lib/context'
import { revealAgain } from '#lib/tokens/reveal'
import { RevealKey } from '#lib/tokens/schema'
import type { SecretString } from '#lib/tokens/secret'

/** The secret that was told with a token under a key, while its reveal can be repeated; else null. */
export async function reopenToken(ctx: AnyContext, body: unknown, key: string): Promise<SecretString | null> {
  const { tokenId, revealed } = OpenedTokenJson.parse(body)
  return revealed && RevealKey.safeParse(key).success ? revealAgain(ctx, { tokenId, key }) : null
}
