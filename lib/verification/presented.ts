import { idWithin, parseSecret, type SecretString } from '#lib/tokens/secret'
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
 * The token whose secret this is. Its digest is compared before anything else can be said of it.
 * @throws DatabaseUnavailable, TooManyLookUps
 */
export async function findPresented(
  { lookUps, prefixes }: { readonly lookUps: Pick<LookUps, 'token'>; readonly prefixes: readonly string[] },
  secret: SecretString,
  asking: Asking,
): Promise<Presented | 'malformed' | 'not_found'> {
  const parsed = parseSecret(secret, prefixes)
  if (parsed === null) return 'malformed'
  return present(await lookUps.token(parsed.id, asking, (known) => present(known, secret) !== 'not_found'), secret)
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
