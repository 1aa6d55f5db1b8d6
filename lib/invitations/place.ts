import type { Transaction } from '#db/client'
import { findInvitation, holdInvitation, type InvitationRow } from '#db/queries/invitations'
import { lockOrganization } from '#db/queries/organizations'
import { can, type Permission } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import { DomainError, notFound } from '#lib/errors'
import { asOfNow } from '#lib/organizations/as-of-now'
import type { HeldOrganization } from '#lib/organizations/hold'
import { loadOrganization, type Organization, requireNotSuspended } from '#lib/organizations/load'

/**
 * The organization held until the transaction ends, for an actor who may manage its members in one way or another;
 * `actor`: the same with what they have since then.
 * @throws DomainError `not_found` for whom it does not exist, `forbidden`
 */
export async function holdPlace(tx: Transaction, ctx: AnyContext, organizationId: string): Promise<HeldOrganization> {
  await lockOrganization(tx, organizationId)
  const organization = await loadOrganization(tx, organizationId)
  if (organization === null) throw notFound()
  const actor = await asOfNow(tx, ctx.actor, organization)
  if (!can(actor, 'tokens.see', organization)) throw notFound()
  if (!can(actor, 'members.remove', organization)) throw forbidden(organization)
  return { organization, actor }
}

/**
 * An open invitation held until the transaction ends, after its organization. Whose it is decides nothing here but
 * whether it exists for the actor.
 * @throws DomainError `not_found`; `link_used` where it was accepted or withdrawn
 */
export async function holdOpenInvitation(
  tx: Transaction,
  ctx: AnyContext,
  invitationId: string,
): Promise<HeldOrganization & { readonly invitation: InvitationRow }> {
  const found = await findInvitation(tx, invitationId)
  if (found === null) throw notFound()
  const { organization, actor } = await holdPlace(tx, ctx, found.organizationId).catch((error: unknown) => {
    // Who may not manage members does not see that there is an invitation.
    throw error instanceof DomainError ? notFound() : error
  })
  await holdInvitation(tx, invitationId)
  const invitation = await findInvitation(tx, invitationId)
  if (invitation === null) throw notFound()
  if (invitation.acceptedAt !== null) throw new DomainError('link_used', `${invitation.email} has accepted it already.`)
  if (invitation.withdrawnAt !== null) throw new DomainError('link_used', 'It was withdrawn already.')
  return { organization, actor, invitation }
}

/** Refuses whoever may not do that there, and what nobody may do in a suspended organization. */
export function requireMay(
  { actor }: Pick<AnyContext, 'actor'>,
  permission: Permission,
  organization: Organization,
): void {
  if (!can(actor, permission, organization)) throw forbidden(organization)
  requireNotSuspended(organization)
}

/**
 * Whether an invitation needs an admin of the organization before its link may work: one from above that none of them
 * approved, from the moment that the organization has an admin who stands nowhere above it.
 */
export const needsApproval = (
  invitation: Pick<InvitationRow, 'approvedAt' | 'approvedBy'>,
  organizationHasOwnAdmin: boolean,
): boolean => invitation.approvedAt === null || (invitation.approvedBy === null && organizationHasOwnAdmin)

const forbidden = (organization: Organization) =>
  new DomainError('forbidden', `Only admins of ${organization.name} can do that.`)
