import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { SealKey } from '#lib/env/variables'
import { type SecretString, secretString } from '#lib/tokens/secret'

const ALGORITHM = 'aes-256-gcm'
const NONCE = 12
const TAG = 16

/** A secret that policy `anytime` keeps: 12 bytes nonce, ciphertext, 16 bytes tag, and the id of the key. */
export type Sealed = { readonly sealed: Uint8Array; readonly sealKeyId: string }

/**
 * Seals a secret under a key, bound to its token: no other token's row can stand in for it. Whether it may be kept at
 * all is for the caller to know.
 */
export function sealSecret(secret: SecretString, { id, key }: SealKey, tokenId: string): Sealed {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG }).setAAD(Buffer.from(tokenId))
  const text = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final()])
  return { sealed: Buffer.concat([nonce, text, cipher.getAuthTag()]), sealKeyId: id }
}

/**
 * Opens what was sealed for that token; null where its key is not among these, or where it was not sealed by that key
 * for that token.
 */
export function openSealed(kept: Sealed, keys: readonly SealKey[], tokenId: string): SecretString | null {
  const key = keys.find(({ id }) => id === kept.sealKeyId)?.key
  if (key === undefined) return null
  const bytes = Buffer.from(kept.sealed)
  try {
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE), { authTagLength: TAG })
      .setAAD(Buffer.from(tokenId))
      .setAuthTag(bytes.subarray(-TAG))
    return secretString(decipher.update(bytes.subarray(NONCE, -TAG), undefined, 'utf8') + decipher.final('utf8'))
  } catch {
    return null
  }
}
