import { digestText, parseSecret, type SecretString } from '#lib/tokens/secret'
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
  const found = lookUps.token(parsed.id, asking)
  return present(found instanceof Promise ? await found : found, secret)
}

/** The token with which of its secrets this is; digests are compared as they are, since nobody can steer one towards another. */
export function present(known: Known | null, secret: SecretString): Presented | 'not_found' {
  if (known === null) return 'not_found'
  const digest = digestText(secret)
  const kept = known.secrets.find((each) => each.digest === digest)
  return kept === undefined ? 'not_found' : { facts: known.facts, secret: kept, known }
}
