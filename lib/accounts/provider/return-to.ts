import type { Intent } from '#lib/accounts/provider/intent'
import { type NewsCode, withNews } from '#lib/accounts/provider/view'

export const SECURITY_PAGE = '/account?tab=security'

/** Where somebody is told how it ended that began something at the provider: where they began it. */
export function returnTo(intent: Intent, code: NewsCode): string {
  const { does, next } = intent
  if (does.kind === 'accept') return withNews('/invite', code)
  if (does.kind !== 'sign-in') return withNews(next, code)
  return withNews(next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`, code)
}
