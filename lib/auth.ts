import NextAuth, { CredentialsSignin } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { SignInInput } from '#lib/accounts/schema'
import { resumeSession, SESSION_SECONDS } from '#lib/accounts/session'
import { signIn as beginSession } from '#lib/accounts/sign-in'
import { systemClock } from '#lib/clock'
import { database } from '#lib/database'
import { DomainError } from '#lib/errors'
import { addressOf, userAgentOf } from '#lib/request-headers'

/** Thrown through next-auth when too many passwords are being hashed. */
class Busy extends CredentialsSignin {
  override code = 'busy'
}

/**
 * next-auth on our own rows: its signed cookie carries a session id, and counts only while that session stands in our
 * table. What a client posts to the session endpoint (`trigger: 'update'`) is ignored.
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
          if (error instanceof DomainError && error.code === 'busy') throw new Busy()
          throw error
        }
      },
    }),
  ],
  callbacks: {
    async jwt({ token, user }) {
      const sessionId = user?.id ?? token.sub
      if (sessionId === undefined) return null
      const session = await resumeSession({ db: database(), clock: systemClock }, sessionId)
      if (session === null) return null
      const { userId, name, email, lastOrganizationId } = session
      return { sub: session.id, userId, name, email, lastOrganizationId }
    },
    session: ({ session, token: { sub, userId, name, email, lastOrganizationId } }) => ({
      expires: session.expires,
      sessionId: sub,
      userId,
      name,
      email,
      lastOrganizationId,
    }),
  },
})

function logUnexpected(error: Error): void {
  if (error instanceof CredentialsSignin) return
  // Not its message, which can quote what was sent.
  console.error(`Sign-in failed unexpectedly: ${error.name}`)
}
