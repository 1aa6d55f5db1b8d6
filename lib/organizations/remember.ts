import { rememberOrganization as keep } from '#db/queries/users'
import type { SignedIn } from '#lib/actor'
import type { Organization } from '#lib/organizations/load'

/** Notes which of their organizations a person was last in, for the way in from `/`. */
export async function rememberOrganization(
  { db, actor, person, organizations }: Pick<SignedIn, 'db' | 'actor' | 'person' | 'organizations'>,
  { id }: Organization,
): Promise<void> {
  const isMember = organizations.some((own) => own.id === id)
  if (isMember && person.lastOrganizationId !== id) await keep(db, actor.userId, id)
}
