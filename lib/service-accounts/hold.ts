import type { Transaction } from '#db/client'
import { findServiceAccount, findTakenApiUserName } from '#db/queries/service-accounts'
import type { AnyContext } from '#lib/context'
import { DomainError, notFound } from '#lib/errors'
import { nameKey } from '#lib/names'
import { holdOrganization } from '#lib/organizations/hold'
import type { ApiUserIdInput } from '#lib/service-accounts/schema'

/**
 * An API user with its organization, held until the transaction ends, for an actor who may change it, given with what
 * they have since then; with them `scopes` that it is to be given.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function holdApiUser(
  tx: Transaction,
  ctx: AnyContext,
  { organizationId, apiUserId }: ApiUserIdInput,
  scopes: readonly string[] = [],
) {
  const { organization, actor } = await holdOrganization(tx, ctx, organizationId, 'apiUsers.manage', scopes)
  const apiUser = await findServiceAccount(tx, organizationId, apiUserId)
  if (apiUser === null) throw notFound()
  return { organization, actor, apiUser }
}

/**
 * Refuses a name that another API user of the organization has, disabled ones included. Exact while it is held.
 * @throws DomainError `name_taken` beside the field
 */
export async function requireFreeApiUserName(
  tx: Transaction,
  organizationId: string,
  name: string,
  exceptId?: string,
): Promise<void> {
  const taken = await findTakenApiUserName(tx, organizationId, nameKey(name), exceptId)
  if (taken === null) return
  const message = `An API user named "${taken}" exists. Choose another name.`
  throw new DomainError('name_taken', message, { name: message })
}
