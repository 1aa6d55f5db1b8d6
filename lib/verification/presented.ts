import { idWithin, parseSecret, type SecretString } from '#lib/tokens/secret'
import { TooManyLookUps } from '#lib/verification/admission'
import type { KeptSecret } from '#lib/verification/facts'
import type { Known } from '#lib/verification/facts-cache'
import type { Asking, LookUps } from '#lib/verification/look-ups'

/** A token whose secret was presented. */
export type Presented = Pick<Known, 'facts'> & {
  readonly secret: KeptSecret
  /** It as it was found, to ask whether that still holds. */
  readonly known: Known
}

/**
 * The token whose secret this is. Its digest is compared before anything else can be said of it. A secret that memory does
 * not know of a token may be newer than what it has heard: unless it was read for this very look-up, it is asked for once
 * more where it lies, within the bounds of what is not there, beyond which it is none.
 * @throws DatabaseUnavailable, TooManyLookUps
 */
export async function findPresented(
  { lookUps, prefixes }: { readonly lookUps: Pick<LookUps, 'token' | 'draw'>; readonly prefixes: readonly string[] },
  secret: SecretString,
  asking: Asking,
): Promise<Presented | 'malformed' | 'not_found'> {
  const parsed = parseSecret(secret, prefixes)
  if (parsed === null) return 'malformed'
  const { address, anew } = asking
  let wasRead = false
  const onRead = () => {
    wasRead = true
  }
  const known = await lookUps.token(parsed.id, { address, anew, onRead })
  const found = present(known, secret)
  if (found !== 'not_found' || known === null) return found
  try {
    if (!wasRead) return present(await lookUps.token(parsed.id, { address, anew: true }), secret)
    // A token was found, but what was asked for is not there all the same.
    if (!anew) lookUps.draw(asking)
    return 'not_found'
  } catch (error) {
    if (error instanceof TooManyLookUps) return 'not_found'
    throw error
  }
}

/**
 * The same where memory, if it may be asked, can tell that it is one; null where there is more to look for. Whatever has the digest of
 * a secret of ours is that secret, so that its form need not be read.
 */
export function presentRemembered(
  { lookUps, prefixes }: { readonly lookUps: Pick<LookUps, 'remembered'>; readonly prefixes: readonly string[] },
  secret: SecretString,
): Presented | null {
  const id = idWithin(secret, prefixes)
  const known = id === undefined ? null : lookUps.remembered(id)
  if (known === null) return null
  const found = present(known, secret)
  return found === 'not_found' ? null : found
}

/** The token with which of its secrets this is; digests are compared as they are, since nobody can steer one towards another. */
function present(known: Known | null, secret: SecretString): Presented | 'not_found' {
  if (known === null) return 'not_found'
  const digest = secret.digest()
  for (const kept of known.secrets) if (kept.digest === digest) return { facts: known.facts, secret: kept, known }
  return 'not_found'
}
