import { cookies, headers } from 'next/headers'
import type { NextRequest } from 'next/server'
import { type Arrival, arrivals } from '#lib/accounts/provider/arrival'
import { arrive } from '#lib/accounts/provider/arrive'
import { failureOf } from '#lib/accounts/provider/failure'
import {
  type Does,
  INTENT_SECONDS,
  type Intent,
  newIntent,
  openIntent,
  sealIntent,
} from '#lib/accounts/provider/intent'
import { PROVIDER, type Provider } from '#lib/accounts/provider/provider'
import { returnTo, SECURITY_PAGE } from '#lib/accounts/provider/return-to'
import { NEWS_COOKIE, NEWS_PARAMETER, withNews } from '#lib/accounts/provider/view'
import { findActor, requestFrom, type SignedIn } from '#lib/actor'
import { handlers, signIn } from '#lib/auth'
import { systemClock } from '#lib/clock'
import { env } from '#lib/env'
import { DomainError } from '#lib/errors'

/** Where the provider leads back to, with a code. */
export const CALLBACK = `/api/auth/callback/${PROVIDER}`

/** The provider; refuses where none is configured. */
export function requireProvider(): Provider {
  const provider = env().oidc
  if (provider === undefined) throw new DomainError('forbidden', 'Nobody signs in to this Tokenry through a provider.')
  return provider
}

/**
 * Begins a journey to the provider within an action; gives where to go. What it is for stays in a cookie that only our
 * callback gets and no script reads, sealed, bound to that journey's `state`, for 15 minutes.
 * `again`: has the provider ask for whatever it signs people in by, though they are signed in there.
 * @throws DomainError `forbidden` without a provider, `provider_unreachable`
 */
export async function goToProvider(
  does: Does,
  next: string,
  { again = false } = {},
): Promise<{ readonly redirectTo: string }> {
  const { name } = requireProvider()
  const parameters: Record<string, string> = again ? { prompt: 'login', max_age: '0' } : {}
  const redirectTo = await arrivals.run({ arrive: async () => null, answered: null }, () =>
    signIn(PROVIDER, { redirect: false, redirectTo: '/' }, parameters),
  )
  const state = URL.parse(String(redirectTo))?.searchParams.get('state')
  if (!state)
    throw new DomainError('provider_unreachable', `${name} can't be reached right now. Try again in a moment.`)
  const intent = newIntent(does, next, { state, now: systemClock() })
  const cookie = await ourCookie()
  ;(await cookies()).set({ ...cookie, value: sealIntent(intent, authSecret()), maxAge: INTENT_SECONDS })
  return { redirectTo }
}

/** The same for what a person does to the session that they are in. */
export const goToProviderAs = (ctx: SignedIn, kind: 'link' | 'confirm', next: string) =>
  goToProvider({ kind, sessionId: ctx.sessionId, userId: ctx.actor.userId }, next, { again: true })

/** The answer to whoever comes back from the provider: whatever happened, they are led to a page of ours. */
export async function arriveFromProvider(request: NextRequest): Promise<Response> {
  const { searchParams } = request.nextUrl
  const intent = await takeIntent(searchParams.get('state') ?? '')
  const { oidc } = env()
  const ctx = await findActor()
  if (intent === null || oidc === undefined) return led(withNews(ctx === null ? '/sign-in' : SECURITY_PAGE, 'expired'))
  const session = ctx && { id: ctx.sessionId, userId: ctx.actor.userId }
  const from = await requestFrom()
  let to: string | undefined
  const answered = searchParams.get('error')
  const arrival: Arrival = {
    answered,
    async arrive(proof) {
      const arrived = await arrive({ ...from, intent, session, way: oidc.name }, proof)
      to = arrived.to
      return arrived.sessionId ?? null
    },
  }
  const answer = await arrivals.run(arrival, () => handlers.GET(request))
  return led(to ?? returnTo(intent, failureOf(arrival.failure, answered).code), answer.headers)
}

// Taken from the browser only on the way back that it belongs to: a link of somebody else's cancels nothing.
async function takeIntent(state: string): Promise<Intent | null> {
  const [jar, cookie] = [await cookies(), await ourCookie()]
  const sealed = jar.get(cookie.name)?.value
  if (sealed === undefined) return null
  const intent = openIntent(sealed, { secret: authSecret(), state, now: systemClock() })
  if (intent !== null) jar.set({ ...cookie, value: '', maxAge: 0 })
  return intent
}

async function ourCookie() {
  const secure = await isSecure()
  const name = `${secure ? '__Secure-' : ''}tokenry.intent`
  return { name, path: CALLBACK, httpOnly: true, sameSite: 'lax', secure } as const
}

async function isSecure(): Promise<boolean> {
  const [scheme] = ((await headers()).get('x-forwarded-proto') ?? '').split(',')
  return scheme === 'https' || env().appUrl?.startsWith('https:') === true
}

// The desk believes news in an address only beside this, which no link can bring along.
async function noteNews(to: string): Promise<void> {
  const code = URL.parse(to, 'http://own.invalid')?.searchParams.get(NEWS_PARAMETER)
  if (!code) return
  const cookie = { name: NEWS_COOKIE, path: '/', httpOnly: true, sameSite: 'lax', secure: await isSecure() } as const
  ;(await cookies()).set({ ...cookie, value: code, maxAge: 30 })
}

async function led(to: string, from?: Headers): Promise<Response> {
  await noteNews(to)
  const answer = new Headers(from)
  answer.set('location', to)
  return new Response(null, { status: 302, headers: answer })
}

function authSecret(): string {
  const secret = env().authSecret
  if (secret === undefined) throw new Error('AUTH_SECRET is set by the server before the desk starts')
  return secret
}
