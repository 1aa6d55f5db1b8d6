import type { Transaction } from '#db/client'
import { findUserByEmailKey } from '#db/queries/users'
import type { From } from '#lib/accounts/reserve-try'
import { accountExists, makeMember } from '#lib/invitations/accept'
import { holdByLink } from '#lib/invitations/by-link'
import { asDisplayName } from '#lib/names'

/**
 * Makes an account without a password, with the invited e-mail address, and uses the link up; what signs it in is for
 * its callers to add. `name`: what the provider calls the person; where nobody can be called so, what stands before the @.
 * @throws DomainError `account_exists`, `link_used`, `not_approved`, `organization_suspended`
 */
export async function acceptByLogin(
  tx: Transaction,
  from: From,
  { link, name }: { readonly link: string; readonly name: string | null },
): Promise<{ readonly id: string; readonly email: string }> {
  const held = await holdByLink(tx, link, from.clock())
  const { email, emailKey } = held.invitation
  if ((await findUserByEmailKey(tx, emailKey)) !== null) throw accountExists()
  const shown = asDisplayName(name ?? '') ?? asDisplayName(email.split('@')[0] ?? '') ?? 'New member'
  const person = { name: shown, passwordHash: null }
  return { id: await makeMember(tx, from, held, person), email }
}
