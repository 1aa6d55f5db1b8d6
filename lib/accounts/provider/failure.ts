import type { NewsCode } from '#lib/accounts/provider/view'

/**
 * What a failure of next-auth at the provider comes to for people, and whether it is for an operator to know: what a
 * browser can bring about by itself is not, and what could not be reached is noted already.
 */
export function failureOf(error: unknown): { readonly code: NewsCode; readonly isNews: boolean } {
  const type = nameOf(error)
  if (type === 'ProviderUnreachable') return { code: 'unreachable', isNews: false }
  if (type === 'InvalidCheck') return { code: 'expired', isNews: false }
  const cause = causeOf(error)
  if (cause['error'] === 'access_denied') return { code: 'cancelled', isNews: false }
  return cause['err'] === undefined ? { code: 'failed', isNews: true } : failureOf(cause['err'])
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  return 'type' in error && typeof error.type === 'string' ? error.type : error.name
}

function causeOf(error: unknown): Readonly<Record<string, unknown>> {
  const cause = error instanceof Error ? error.cause : undefined
  return typeof cause === 'object' && cause !== null && !(cause instanceof Error) ? { ...cause } : {}
}
