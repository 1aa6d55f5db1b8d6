import type { z } from 'zod'
import type { Queryable } from '#db/client'
import { violatedConstraint } from '#db/errors'
import { findUserByEmailKey } from '#db/queries/users'
import { createUser } from '#lib/accounts/create-user'
import { hashPassword } from '#lib/accounts/password'
import type { From } from '#lib/accounts/reserve-try'
import { DomainError } from '#lib/errors'
import { holdByLink, openByLink, settle } from '#lib/invitations/by-link'
import type { AcceptInvitationInput } from '#lib/invitations/schema'

/**
 * Makes an account with the invited e-mail address, a member as invited, and uses the link up. Whoever has the link is
 * taken at their word: that it reached the right person is for whoever sent it.
 * @throws DomainError `account_exists`, `link_used`, `not_approved`, `organization_suspended`, `busy`
 */
export async function acceptInvitation(
  { db, clock, ip, userAgent }: From,
  { link, name, password }: z.output<typeof AcceptInvitationInput>,
): Promise<{ readonly email: string; readonly slug: string }> {
  const { invitation } = await openByLink(db, link, clock())
  await requireNoAccount(db, invitation.emailKey)
  const passwordHash = await hashPassword(password)
  const now = clock()
  try {
    return await db.transaction(async (tx) => {
      const held = await holdByLink(tx, link, now)
      const { email, role, devices, invitedBy } = held.invitation
      const { organization } = held
      const person = { email, name, passwordHash, organization, role, devices, invitedBy: invitedBy.id }
      const { id: userId } = await createUser(tx, { ...person, now, ip, userAgent })
      await settle(tx, held, { userId, email, ip, userAgent }, now)
      return { email, slug: organization.slug }
    })
  } catch (error) {
    throw violatedConstraint(error) === 'users_email' ? accountExists() : error
  }
}

async function requireNoAccount(db: Queryable, emailKey: string): Promise<void> {
  if ((await findUserByEmailKey(db, emailKey)) !== null) throw accountExists()
}

const accountExists = () =>
  new DomainError('account_exists', 'There is an account with this e-mail address. Sign in to accept.')
