import { headers } from 'next/headers'
import NextAuth, { CredentialsSignin } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { SignInInput } from '#lib/accounts/schema'
import { SESSION_SECONDS } from '#lib/accounts/session'
import { signIn as beginSession } from '#lib/accounts/sign-in'
import { signOut as endSession } from '#lib/accounts/sign-out'
import { TooOften } from '#lib/accounts/too-often'
import { systemClock } from '#lib/clock'
import { database } from '#lib/database'
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
 * What a client posts to the session endpoint (`trigger: 'update'`) is ignored; its sign-out ends our session too.
 */
export const { handlers, auth, signIn, signOut } = NextAuth({
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
  ],
  callbacks: {
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

function logUnexpected(error: Error): void {
  if (error instanceof CredentialsSignin) return
  log().error({ type: 'type' in error ? error.type : error.name, error }, 'next-auth failed unexpectedly')
}
