import { countSealed, listOutliving, type Reach } from '#db/queries/organization-settings'
import type { Context } from '#lib/context'
import { effectivePolicies, looserOf } from '#lib/policies/effective'
import { seePolicies } from '#lib/policies/hold'
import { changeOf, reachOf, storedPolicies } from '#lib/policies/judge'
import type { SetPoliciesInput } from '#lib/policies/schema'
import type { Policies, PolicyEffect } from '#lib/policies/view'

const FIRST = 20

/**
 * What setting these policies would come to for tokens that exist, here and below; nothing is changed.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function previewPolicies(ctx: Context, input: SetPoliciesInput): Promise<PolicyEffect> {
  const seen = await seePolicies(ctx.db, ctx, input.organizationId, 'policies.tighten')
  const { organization, lineage, ceilings } = seen
  const stored = storedPolicies(seen)
  const here = { name: organization.name, ...stored, ...changeOf(input, stored) }
  const after = effectivePolicies([...lineage.slice(0, -1), here], ceilings)
  return effectOf(ctx, reachOf(organization), organization.policies, after)
}

/** The same for the platform's ceilings. */
export async function previewCeilings(ctx: Context, input: SetPoliciesInput): Promise<PolicyEffect> {
  const { organizationId } = input
  const { ceilings } = await seePolicies(ctx.db, ctx, organizationId, 'ceilings.manage')
  const after = { ...ceilings, ...changeOf(input, ceilings) }
  return effectOf(ctx, { organizationId, below: true }, ceilings, after)
}

async function effectOf(
  { db, clock }: Context,
  reach: Reach,
  before: Policies,
  after: Policies,
): Promise<PolicyEffect> {
  const tightened = looserOf(before, after)
  const foreverAllowed = after.neverExpiringAllowed && after.longestLifetimeDays === null
  const days = after.longestLifetimeDays
  const shorter = tightened.includes('longestLifetimeDays') || tightened.includes('neverExpiringAllowed')
  const [over, sealed] = await Promise.all([
    shorter ? listOutliving(db, reach, { days, foreverAllowed, now: clock(), first: FIRST }) : [],
    tightened.includes('revealPolicy') ? countSealed(db, reach) : 0,
  ])
  return {
    over: over[0]?.count ?? 0,
    first: over.map(({ id, name, slug, organization }) => ({ id, name, organization: { slug, name: organization } })),
    sealed,
  }
}
