import type { NewsCode } from '#lib/accounts/provider/view'

/**
 * What a failure of next-auth at the provider comes to for people, and whether it is for an operator to know: what a
 * browser can bring about by itself is not, and what could not be reached is noted already. `answered`: the `error` that
 * the provider led back with (RFC 6749 section 4.1.2.1), which counts once next-auth has found that the answer is ours.
 */
export function failureOf(
  error: unknown,
  answered: string | null,
): { readonly code: NewsCode; readonly isNews: boolean } {
  const type = typeOf(error)
  if (type === 'ProviderUnreachable') return { code: 'unreachable', isNews: false }
  if (type === 'InvalidCheck') return { code: 'expired', isNews: false }
  if (type === 'OAuthCallbackError' && answered === 'access_denied') return { code: 'cancelled', isNews: false }
  const within =
    error instanceof Error && error.cause instanceof Object && 'err' in error.cause ? error.cause.err : null
  return within instanceof Error ? failureOf(within, answered) : { code: 'failed', isNews: true }
}

// The classes of next-auth are told by their type: a build shortens their names.
function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  return 'type' in error && typeof error.type === 'string' ? error.type : error.name
}
