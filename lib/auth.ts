import { headers } from 'next/headers'
import NextAuth, { CredentialsSignin, customFetch, type NextAuthConfig, type Profile } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { arrivals } from '#lib/accounts/provider/arrival'
import type { Proof } from '#lib/accounts/provider/arrive'
import { failureOf } from '#lib/accounts/provider/failure'
import { issuerKey, PROVIDER } from '#lib/accounts/provider/provider'
import { reachProvider } from '#lib/accounts/provider/reach'
import { SignInInput } from '#lib/accounts/schema'
import { SESSION_SECONDS } from '#lib/accounts/session'
import { signIn as beginSession } from '#lib/accounts/sign-in'
import { signOut as endSession } from '#lib/accounts/sign-out'
import { TooOften } from '#lib/accounts/too-often'
import { systemClock } from '#lib/clock'
import { database } from '#lib/database'
import { env } from '#lib/env'
import { DomainError } from '#lib/errors'
import { log } from '#lib/log'
import { addressOf, userAgentOf } from '#lib/request-headers'

/** Carries a refusal of ours through next-auth, which puts `code` into the address that it redirects to. */
export class SignInRefused extends CredentialsSignin {
  readonly refusal: DomainError

  constructor(refusal: DomainError) {
    super()
    this.refusal = refusal
    this.code = refusal instanceof TooOften ? `${refusal.code}.${refusal.retryAfterSeconds}` : refusal.code
  }
}

/**
 * next-auth on our own rows: its cookie carries the id of a session and nothing else. Whether that session still stands
 * is asked of our table by `findActor` at every request, outside of next-auth, which takes an error there for a sign-out.
 * What a client posts to the session endpoint (`trigger: 'update'`) is ignored; its sign-out ends our session too. Of the provider
 * it checks state, nonce, PKCE, issuer and audience; what its word is good for is decided by `arrive`, and its tokens are
 * dropped here.
 */
export const { handlers, auth, signIn, signOut } = NextAuth(() => configuration())

// Made when it is asked for: a build knows no environment.
const configuration = (): NextAuthConfig => ({
  trustHost: true,
  session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
  pages: { signIn: '/sign-in', error: '/sign-in' },
  logger: { error: (error) => logUnexpected(error), warn: () => {}, debug: () => {} },
  providers: [
    Credentials({
      credentials: { email: {}, password: {} },
      async authorize(credentials, request) {
        const input = SignInInput.safeParse({ email: credentials.email, password: credentials.password })
        if (!input.success) return null
        try {
          const begun = await beginSession(
            {
              db: database(),
              clock: systemClock,
              ip: addressOf(request.headers),
              userAgent: userAgentOf(request.headers),
            },
            input.data,
          )
          return begun === null ? null : { id: begun.sessionId }
        } catch (error) {
          if (error instanceof DomainError) throw new SignInRefused(error)
          throw error
        }
      },
    }),
    ...theProvider(),
  ],
  callbacks: {
    async signIn({ user, account, profile }) {
      if (account?.provider !== PROVIDER) return true
      const proof = proofOf(profile)
      const sessionId = proof === null ? null : ((await arrivals.getStore()?.arrive(proof)) ?? null)
      // The route leads on, with whatever news there is.
      if (sessionId === null) return '/sign-in'
      user.id = sessionId
      return true
    },
    jwt({ token, user }) {
      const sub = user?.id ?? token.sub
      return sub === undefined ? null : { sub }
    },
    session: ({ session, token }) => ({ expires: session.expires, sessionId: token.sub }),
  },
  events: {
    async signOut(message) {
      if (!('token' in message) || message.token?.sub === undefined) return
      const requestHeaders = await headers()
      const from = { ip: addressOf(requestHeaders), userAgent: userAgentOf(requestHeaders) }
      await endSession({ db: database(), clock: systemClock, ...from }, message.token.sub)
    },
  },
})

function theProvider(): NextAuthConfig['providers'] {
  const provider = env().oidc
  if (provider === undefined) return []
  const { name, issuer, clientId, clientSecret } = provider
  return [
    {
      ...{ id: PROVIDER, type: 'oidc', name, issuer, clientId, clientSecret, checks: ['pkce', 'state', 'nonce'] },
      authorization: { params: { scope: 'openid profile' } },
      profile: ({ sub }) => ({ id: sub }),
      [customFetch]: reachProvider,
    },
  ]
}

// From the ID token, which came from the provider itself over TLS (OpenID Connect Core 1.0, section 3.1.3.7).
function proofOf(profile: Profile | undefined): Proof | null {
  const { iss, sub, auth_time: authTime, name } = profile ?? {}
  if (typeof iss !== 'string' || typeof sub !== 'string' || sub === '') return null
  return {
    issuer: issuerKey(iss),
    subject: sub,
    authTime: typeof authTime === 'number' ? authTime : null,
    name: typeof name === 'string' ? name : null,
  }
}

function logUnexpected(error: Error): void {
  if (error instanceof CredentialsSignin) return
  const type = 'type' in error ? error.type : error.name
  const arrival = arrivals.getStore()
  if (arrival !== undefined) arrival.failure = error
  // AccessDenied is what an error of ours becomes.
  if (arrival === undefined || type === 'AccessDenied') {
    log().error({ type, error }, 'next-auth failed unexpectedly')
    return
  }
  const { answered } = arrival
  const issuer = URL.parse(env().oidc?.issuer ?? '')?.host
  const fields = { issuer, type, error, ...(/^[a-z_]{1,40}$/.test(answered ?? '') ? { answered } : {}) }
  if (failureOf(error, answered).isNews) log().warn(fields, 'signing in through the provider failed')
}
