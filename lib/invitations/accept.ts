import type { z } from 'zod'
import type { Queryable, Transaction } from '#db/client'
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
  from: From,
  { link, name, password }: z.output<typeof AcceptInvitationInput>,
): Promise<{ readonly email: string; readonly slug: string }> {
  const { db, clock } = from
  const { invitation } = await openByLink(db, link, clock())
  await requireNoAccount(db, invitation.emailKey)
  const passwordHash = await hashPassword(password)
  try {
    return await db.transaction(async (tx) => {
      const held = await holdByLink(tx, link, clock())
      await makeMember(tx, from, held, { name, passwordHash })
      return { email: held.invitation.email, slug: held.organization.slug }
    })
  } catch (error) {
    throw violatedConstraint(error) === 'users_email' ? accountExists() : error
  }
}

/** Makes the account of whoever was invited, a member as invited, and uses the invitation up; gives the account's id. */
export async function makeMember(
  tx: Transaction,
  { clock, ip, userAgent }: From,
  held: Awaited<ReturnType<typeof holdByLink>>,
  person: { readonly name: string; readonly passwordHash: string | null },
): Promise<string> {
  const now = clock()
  const { email, role, devices, invitedBy } = held.invitation
  const invited = { email, organization: held.organization, role, devices, invitedBy: invitedBy.id }
  const { id: userId } = await createUser(tx, { ...person, ...invited, now, ip, userAgent })
  await settle(tx, held, { userId, email, ip, userAgent }, now)
  return userId
}

async function requireNoAccount(db: Queryable, emailKey: string): Promise<void> {
  if ((await findUserByEmailKey(db, emailKey)) !== null) throw accountExists()
}

/** The refusal for an invited e-mail address that has an account. */
export const accountExists = () =>
  new DomainError('account_exists', 'There is an account with this e-mail address. Sign in to accept.')
