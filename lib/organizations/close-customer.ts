import type { z } from 'zod'
import type { Transaction } from '#db/client'
import { lockSubtree, updateOrganizations } from '#db/queries/organizations'
import { revokeActiveTokens } from '#db/queries/tokens'
import { recordAudits } from '#lib/audit/record'
import type { AnyContext } from '#lib/context'
import { DomainError } from '#lib/errors'
import { nameKey } from '#lib/names'
import { holdCustomer } from '#lib/organizations/hold-customer'
import type { CloseCustomerInput } from '#lib/organizations/schema'

/**
 * Closes an organization and all below it for good, and revokes their active tokens, all in one transaction with an
 * event for each. `name` must be the organization's, as a sign that it is meant; case and width don't count.
 * @throws DomainError `not_found`, `forbidden`, `invalid`
 */
export async function closeCustomer(
  ctx: AnyContext,
  { organizationId, name }: z.output<typeof CloseCustomerInput>,
): Promise<{ readonly organizations: number; readonly tokens: number }> {
  return ctx.db.transaction(async (tx) => {
    const { customer } = await holdCustomer(tx, ctx, organizationId)
    if (nameKey(name.trim()) !== nameKey(customer.name)) {
      const message = `Type ${customer.name} to close it.`
      throw new DomainError('invalid', message, { name: message })
    }
    const closing = (await holdAllBelow(tx, customer.id)).filter(({ closedAt }) => closedAt === null)
    const ids = closing.map(({ id }) => id)
    const now = ctx.clock()
    // First, so that verifiers are told once of the organization and not of each token.
    await updateOrganizations(tx, ids, { closedAt: now })
    const tokens = await revokeActiveTokens(tx, ids, { by: ctx.actor.userId, at: now })
    await recordAudits(tx, ctx.actor, [
      ...tokens.map((token) => ({
        at: now,
        action: 'token.revoked' as const,
        organizationId: token.organizationId,
        target: { type: 'token', id: token.id, name: token.name },
        details: { reason: `${customer.name} was closed` },
      })),
      ...closing.map((each) => ({
        at: now,
        action: 'organization.closed' as const,
        organizationId: each.id,
        target: { type: 'organization', id: each.id, name: each.name },
      })),
    ])
    return { organizations: closing.length, tokens: tokens.length }
  })
}

/** Holds the organization and all below it. What was opened below while this waited is held in a further round. */
async function holdAllBelow(tx: Transaction, organizationId: string) {
  for (let known = 0; ; ) {
    const held = await lockSubtree(tx, organizationId)
    if (held.length === known) return held
    known = held.length
  }
}
