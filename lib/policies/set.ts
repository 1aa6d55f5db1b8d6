import { destroySealed, updateOrganizationSettings } from '#db/queries/organization-settings'
import { lockSubtree } from '#db/queries/organizations'
import { recordAudit } from '#lib/audit/record'
import { holdPolicies, seePolicies } from '#lib/policies/hold'
import {
  changeOf,
  describePolicies,
  type PolicyContext,
  reachOf,
  requireAllowed,
  storedPolicies,
} from '#lib/policies/judge'
import type { SetPoliciesInput } from '#lib/policies/schema'

/**
 * Sets policies of an organization. Its own admins may only tighten what holds there; an admin above may loosen up to
 * what holds at its parent, and the platform's own up to the ceilings. Where reveal becomes `once`, here and so below,
 * the sealed copies of all secrets there are destroyed with it; tokens that live longer than is now allowed go on.
 * @throws DomainError `not_found`, `forbidden` and `over_policy` beside the field, `organization_suspended` for loosening
 */
export async function setPolicies(ctx: PolicyContext, input: SetPoliciesInput): Promise<{ destroyed: number }> {
  return ctx.db.transaction(async (tx) => {
    const { organizationId } = input
    const { organization } = await seePolicies(tx, ctx, organizationId, 'policies.tighten')
    const reach = reachOf(organization)
    const becomesOnce = input.revealPolicy === 'once'
    // All that is below waits too: no token is made there that could be sealed by the policy of before.
    if (becomesOnce && reach.below) await lockSubtree(tx, organizationId)
    const seen = await holdPolicies(tx, ctx, organizationId, 'policies.tighten')
    const stored = storedPolicies(seen)
    const change = changeOf(input, stored)
    requireAllowed({ ...ctx, actor: seen.actor }, seen, change)
    const changes = describePolicies(stored, change)
    if (changes.length === 0) return { destroyed: 0 }
    const now = ctx.clock()
    await updateOrganizationSettings(tx, organizationId, change)
    const destroyed = becomesOnce ? await destroySealed(tx, reach, now) : 0
    await recordAudit(tx, ctx.actor, {
      at: now,
      action: 'organization.policies_set',
      organizationId,
      target: { type: 'organization', id: organizationId, name: seen.organization.name },
      details: { changes, ...(destroyed > 0 ? { destroyedSealed: destroyed } : {}) },
    })
    return { destroyed }
  })
}
