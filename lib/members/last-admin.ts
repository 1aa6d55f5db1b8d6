import type { Transaction } from '#db/client'
import { countMembers } from '#db/queries/members'
import { DomainError } from '#lib/errors'
import type { Organization } from '#lib/organizations/load'

/**
 * Refuses what would leave an organization without an admin. Exact under any concurrency, because its callers hold the
 * organization.
 * @throws DomainError `last_admin`
 */
export async function requireAnotherAdmin(tx: Transaction, { id, name }: Organization): Promise<void> {
  const { admins } = await countMembers(tx, id)
  if (admins > 1) return
  throw new DomainError('last_admin', `This is the last admin of ${name}. Make somebody else an admin first.`)
}
