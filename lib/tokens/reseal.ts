import type { Database, Transaction } from '#db/client'
import { countSealedByKey, lockSealed, reseal } from '#db/queries/token-secrets'
import type { SealKey } from '#lib/env/variables'
import { openSealed, sealSecret } from '#lib/tokens/seal'

const AT_ONCE = 200

export type Resealed = {
  /** How many were sealed anew. */
  readonly done: number
  /** How many secrets are sealed under which key now, by its id. */
  readonly under: ReadonlyMap<string, number>
}

/**
 * Seals what older keys sealed under the first of the keys, a few hundred in each transaction, while servers that know
 * both work on. To be begun again where it was stopped, and where somebody held a secret at that moment. What can't be
 * opened is left as it is.
 */
export async function resealAll(
  db: Database,
  [newest, ...older]: readonly [SealKey, ...SealKey[]],
  onProgress: (done: number) => void = () => {},
): Promise<Resealed> {
  let done = 0
  for (const old of older)
    for (let afterTokenId: string | null = ''; afterTokenId !== null; ) {
      const after: string = afterTokenId
      const some = await db.transaction((tx) => resealSome(tx, { old, newest }, after))
      done += some.opened
      onProgress(done)
      afterTokenId = some.last
    }
  const under = (await countSealedByKey(db)).flatMap(({ keyId, count }) =>
    keyId === null ? [] : [[keyId, count] as const],
  )
  return { done, under: new Map(under) }
}

async function resealSome(tx: Transaction, { old, newest }: Record<'old' | 'newest', SealKey>, afterTokenId: string) {
  const held = await lockSealed(tx, { sealKeyId: old.id, afterTokenId }, AT_ONCE)
  let opened = 0
  for (const { tokenId, state, sealed } of held) {
    const secret = sealed && openSealed({ sealed, sealKeyId: old.id }, [old], tokenId)
    if (!secret) continue
    await reseal(tx, { tokenId, state }, sealSecret(secret, newest, tokenId))
    opened += 1
  }
  return { opened, last: held.at(-1)?.tokenId ?? null }
}
