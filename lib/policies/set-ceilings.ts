import { destroySealed, updateCeilings } from '#db/queries/organization-settings'
import { lockSubtree } from '#db/queries/organizations'
import { recordAudit } from '#lib/audit/record'
import { holdPolicies, seePolicies } from '#lib/policies/hold'
import { changeOf, describePolicies, type PolicyContext, requireSealable } from '#lib/policies/judge'
import type { SetPoliciesInput } from '#lib/policies/schema'

/**
 * Sets the loosest that any organization's policies may become; `organizationId` is the platform's. Where reveal becomes
 * `once`, the sealed copies of all secrets there are go with it.
 * @throws DomainError `not_found`, `forbidden`, `over_policy` beside the field
 */
export async function setCeilings(ctx: PolicyContext, input: SetPoliciesInput): Promise<{ destroyed: number }> {
  return ctx.db.transaction(async (tx) => {
    const { organizationId } = input
    const reach = { organizationId, below: true }
    await seePolicies(tx, ctx, organizationId, 'ceilings.manage')
    const becomesOnce = input.revealPolicy === 'once'
    if (becomesOnce) await lockSubtree(tx, organizationId)
    const { organization, ceilings } = await holdPolicies(tx, ctx, organizationId, 'ceilings.manage')
    const change = changeOf(input, ceilings)
    requireSealable(ctx, change)
    const changes = describePolicies(ceilings, change)
    if (changes.length === 0) return { destroyed: 0 }
    const now = ctx.clock()
    await updateCeilings(tx, change)
    const destroyed = becomesOnce ? await destroySealed(tx, reach, now) : 0
    await recordAudit(tx, ctx.actor, {
      at: now,
      action: 'organization.ceilings_set',
      organizationId,
      target: { type: 'organization', id: organizationId, name: organization.name },
      details: { changes, ...(destroyed > 0 ? { destroyedSealed: destroyed } : {}) },
    })
    return { destroyed }
  })
}
