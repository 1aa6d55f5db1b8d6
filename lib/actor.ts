import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { z } from 'zod'
import { listOwnOrganizations } from '#db/queries/organizations'
import { auth } from '#lib/auth'
import type { Actor } from '#lib/authorization'
import { systemClock } from '#lib/clock'
import type { Context } from '#lib/context'
import { database } from '#lib/database'
import { env } from '#lib/env'
import { addressOf, userAgentOf } from '#lib/request-headers'

// What lib/auth.ts puts into a session; the row behind it was looked up for this very request.
const OurSession = z.object({
  sessionId: z.uuid(),
  userId: z.uuid(),
  name: z.string(),
  email: z.string(),
  lastOrganizationId: z.uuid().nullable(),
})
type OwnOrganization = Awaited<ReturnType<typeof listOwnOrganizations>>[number]

/** Whoever is signed in, with what they are a member of at this moment. */
export type SignedIn = Context & {
  readonly sessionId: string
  readonly person: { readonly name: string; readonly email: string; readonly lastOrganizationId: string | null }
  readonly organizations: readonly OwnOrganization[]
}

/** The signed-in person's context for this request, null where nobody is. Read once a request. */
export const findActor = cache(async (): Promise<SignedIn | null> => {
  const parsed = OurSession.safeParse(await auth())
  if (!parsed.success) return null
  const session = parsed.data
  const db = database()
  const [organizations, requestHeaders] = await Promise.all([listOwnOrganizations(db, session.userId), headers()])
  const actor: Actor = {
    userId: session.userId,
    email: session.email,
    memberships: organizations.map(({ id, role }) => ({ organizationId: id, role })),
    ip: addressOf(requestHeaders),
    userAgent: userAgentOf(requestHeaders),
  }
  return {
    db,
    actor,
    clock: systemClock,
    prefix: env().tokenPrefixes[0],
    sessionId: session.sessionId,
    person: { name: session.name, email: session.email, lastOrganizationId: session.lastOrganizationId },
    organizations,
  }
})

/** The same for pages, which send everybody else to sign in and back to `path` afterwards. */
export async function requireActor(path: string): Promise<SignedIn> {
  return (await findActor()) ?? redirect(`/sign-in?next=${encodeURIComponent(path)}`)
}
