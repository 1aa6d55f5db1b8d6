import type { Does } from '#lib/accounts/provider/intent'
import type { NewsCode } from '#lib/accounts/provider/view'

/** How far apart the provider's clock and ours may be. */
const LEEWAY_MS = 30_000

/** Whose the login is, whose session the browser came back with, and when the provider says it authenticated. */
type Facts = {
  readonly login: { readonly userId: string } | null
  readonly session: { readonly id: string; readonly userId: string } | null
  /** The claim `auth_time` (OpenID Connect Core 1.0, section 2), in seconds; null where there is none. */
  readonly authTime: number | null
  readonly begunAt: Date
  readonly now: Date
}

type Verdict =
  | { readonly do: 'begin-session'; readonly userId: string; readonly confirmed: boolean }
  | { readonly do: 'make-account' }
  | { readonly do: 'link' | 'confirm'; readonly sessionId: string; readonly userId: string }
  | { readonly do: 'refuse'; readonly code: NewsCode }

/**
 * What comes of somebody's return from the provider. A login is only ever looked up by issuer and subject: no e-mail
 * address is among what it is judged by. That the claims are the provider's own, and for this browser, was checked
 * before; whether an invitation still stands, or the session is confirmed, is checked afterwards.
 */
export function judgeArrival(does: Does, facts: Facts): Verdict {
  const { login, session } = facts
  const confirmed = isFresh(facts)
  if (does.kind === 'sign-in')
    return login === null ? refuse('unknown') : { do: 'begin-session', userId: login.userId, confirmed }
  if (does.kind === 'accept') {
    // Who has an account joins with it by a press of their own, once they see whose it is.
    if (login !== null) return { do: 'begin-session', userId: login.userId, confirmed }
    // Without a password nobody could ever confirm by a provider that does not say when it asked.
    return confirmed ? { do: 'make-account' } : refuse('not-asked')
  }

  const { sessionId, userId } = does
  if (session?.id !== sessionId || session.userId !== userId) return refuse('other-session')
  if (does.kind === 'link') {
    if (login !== null && login.userId !== userId) return refuse('taken')
    return confirmed ? { do: 'link', sessionId, userId } : refuse('stale')
  }
  if (login?.userId !== userId) return refuse('other-login')
  return confirmed ? { do: 'confirm', sessionId, userId } : refuse('stale')
}

const refuse = (code: NewsCode): Verdict => ({ do: 'refuse', code })

// Not before the journey began, nor after now; one without a time may be of any age.
function isFresh({ authTime, begunAt, now }: Facts): boolean {
  if (authTime === null) return false
  const at = authTime * 1000
  return at >= begunAt.getTime() - LEEWAY_MS && at <= now.getTime() + LEEWAY_MS
}
