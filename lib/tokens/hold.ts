import type { Queryable, Transaction } from '#db/client'
import { lockOrganization } from '#db/queries/organizations'
import { findToken, lockToken, type TokenRow } from '#db/queries/tokens'
import { can, type Permission } from '#lib/authorization'
import type { Context } from '#lib/context'
import { DomainError, notFound } from '#lib/errors'
import { loadOrganization, type Organization } from '#lib/organizations/load'
import { TokenId } from '#lib/tokens/schema'

export type Held = { readonly token: TokenRow; readonly organization: Organization }

/**
 * Refuses unless the actor may do that in the organization; who may not even see it is told that it does not exist.
 * @throws DomainError `not_found`, `forbidden`
 */
export function authorize(
  { actor }: Pick<Context, 'actor'>,
  permission: Permission,
  organization: Organization | null,
): asserts organization is Organization {
  if (organization === null || !can(actor, 'tokens.see', organization)) throw notFound()
  if (!can(actor, permission, organization)) throw new DomainError('forbidden', refusal(permission, organization))
}

const refusal = (permission: Permission, organization: Organization) =>
  permission === 'tokens.reveal'
    ? `Only members of ${organization.name} can reveal it.`
    : `Only admins of ${organization.name} can do that.`

/** The organization held against everything else that counts its tokens, if the actor may do that there. */
export async function holdOrganization(
  tx: Transaction,
  ctx: Context,
  id: string,
  permission: Permission,
): Promise<Organization> {
  authorize(ctx, permission, await loadOrganization(tx, id))
  await lockOrganization(tx, id)
  const organization = await loadOrganization(tx, id)
  authorize(ctx, permission, organization)
  return organization
}

/**
 * The token held until the transaction ends, if the actor may do that with it. `counting` also holds its organization,
 * first, for verbs that may add to what counts against the limit.
 */
export async function holdToken(
  tx: Transaction,
  ctx: Context,
  tokenId: string,
  permission: Permission,
  options: { readonly counting?: boolean } = {},
): Promise<Held> {
  const { organization } = await seeToken(tx, ctx, tokenId)
  authorize(ctx, permission, organization)
  if (options.counting === true) await lockOrganization(tx, organization.id)
  const token = await lockToken(tx, tokenId)
  if (token === null) throw notFound()
  const latest = await loadOrganization(tx, organization.id)
  authorize(ctx, permission, latest)
  return { token, organization: latest }
}

/** An organization's token as it stands, for an actor who may see it. Personal tokens are nobody else's business. */
export async function seeToken(db: Queryable, ctx: Pick<Context, 'actor'>, tokenId: string): Promise<Held> {
  const token = TokenId.safeParse(tokenId).success ? await findToken(db, tokenId) : null
  const organization = token?.organizationId == null ? null : await loadOrganization(db, token.organizationId)
  authorize(ctx, 'tokens.see', organization)
  if (token === null) throw notFound()
  return { token, organization }
}
