import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { CredentialsSignin } from 'next-auth'
import { cache } from 'react'
import { z } from 'zod'
import { listOwnOrganizations } from '#db/queries/organizations'
import type { From } from '#lib/accounts/reserve-try'
import { ownPath } from '#lib/accounts/schema'
import { resumeSession } from '#lib/accounts/session'
import { auth, signIn } from '#lib/auth'
import type { Actor } from '#lib/authorization'
import { systemClock } from '#lib/clock'
import type { Context } from '#lib/context'
import { database } from '#lib/database'
import { env } from '#lib/env'
import { addressOf, REQUESTED_PATH, userAgentOf } from '#lib/request-headers'

const OurSession = z.object({ sessionId: z.uuid() })

type OwnOrganization = Awaited<ReturnType<typeof listOwnOrganizations>>[number]

/** Whoever is signed in, with what they are a member of at this moment. */
export type SignedIn = Context & {
  readonly sessionId: string
  readonly person: { readonly name: string; readonly email: string; readonly lastOrganizationId: string | null }
  readonly organizations: readonly OwnOrganization[]
}

/** The signed-in person's context for this request, null where nobody is. Read once a request. */
export const findActor = cache(async (): Promise<SignedIn | null> => {
  const ours = OurSession.safeParse(await auth())
  if (!ours.success) return null
  const db = database()
  const session = await resumeSession({ db, clock: systemClock }, ours.data.sessionId)
  if (session === null) return null
  const [organizations, requestHeaders] = await Promise.all([listOwnOrganizations(db, session.userId), headers()])
  const actor: Actor = {
    userId: session.userId,
    email: session.email,
    memberships: organizations.map(({ id, role }) => ({ organizationId: id, role })),
    ip: addressOf(requestHeaders),
    userAgent: userAgentOf(requestHeaders),
    confirmedAt: session.confirmedAt,
  }
  return {
    db,
    actor,
    clock: systemClock,
    prefix: env().tokenPrefixes[0],
    sealKeys: env().sealKeys,
    sessionId: session.id,
    person: { name: session.name, email: session.email, lastOrganizationId: session.lastOrganizationId },
    organizations,
  }
})

/** The same for pages, which send everybody else to sign in, and back to where they were going afterwards. */
export async function requireActor(): Promise<SignedIn> {
  const ctx = await findActor()
  if (ctx !== null) return ctx
  const path = ownPath((await headers()).get(REQUESTED_PATH) ?? '/') ?? '/'
  redirect(path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`)
}

/** What verbs are given that people without a session reach: where the request came from, and when. */
export async function requestFrom(): Promise<From> {
  const requestHeaders = await headers()
  return {
    db: database(),
    clock: systemClock,
    ip: addressOf(requestHeaders),
    userAgent: userAgentOf(requestHeaders),
  }
}

/** Signs in, within an action, whoever has just set that password; false where that is refused and they sign in by hand. */
export async function beginSessionAs(email: string, password: string): Promise<boolean> {
  try {
    await signIn('credentials', { email, password, redirect: false })
    return true
  } catch (error) {
    if (error instanceof CredentialsSignin) return false
    throw error
  }
}
