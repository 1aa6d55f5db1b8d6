import type { Reach } from '#db/queries/organization-settings'
import { can } from '#lib/authorization'
import type { Context } from '#lib/context'
import { DomainError } from '#lib/errors'
import { requireNotSuspended } from '#lib/organizations/load'
import { POLICY_NAMES, POLICY_TITLES, policyWords } from '#lib/policies/choices'
import { type EffectivePolicies, effectivePolicies, looserOf, sourced } from '#lib/policies/effective'
import type { Seen } from '#lib/policies/hold'
import type { SetPoliciesInput } from '#lib/policies/schema'
import type { Policies, PolicyName } from '#lib/policies/view'
import type { Change } from '#lib/tokens/changes'

/** `maySeal`: there are keys to seal secrets with, without which nothing can be loosened to `anytime`. */
export type PolicyContext = Context & { readonly maySeal: boolean }

/** Whom an organization's policies bind; the platform's own bind nobody below it. */
export const reachOf = ({ id, kind }: Seen['organization']): Reach => ({
  organizationId: id,
  below: kind !== 'platform',
})

/** What an organization itself has set, whatever holds there. */
export const storedPolicies = ({ lineage }: Seen): Policies => {
  const row = lineage.at(-1)
  if (row === undefined) throw new Error('a lineage ends with the organization itself')
  return sourced(row, null)
}

/** The loosest that the actor may set there. */
export function loosestFor(
  { actor }: Pick<Context, 'actor'>,
  { organization, lineage, ceilings }: Seen,
): EffectivePolicies {
  const platform = lineage[0]?.name ?? null
  if (organization.kind === 'platform') return sourced(ceilings, 'The ceiling')
  if (!can(actor, 'policies.loosen', organization)) return organization.policies
  const above = lineage.slice(0, -1)
  return above.length === 1 ? sourced(ceilings, platform) : namedAbove(effectivePolicies(above, ceilings), above)
}

// To those below, what the parent set itself is the parent's.
function namedAbove(policies: EffectivePolicies, above: Seen['lineage']): EffectivePolicies {
  const parent = above.at(-1)?.name ?? null
  const setBy = { ...policies.setBy }
  for (const name of POLICY_NAMES) setBy[name] ??= parent
  return { ...policies, setBy }
}

/** What of the input differs from what is set. */
export function changeOf({ organizationId: _, ...input }: SetPoliciesInput, stored: Policies): Partial<Policies> {
  const given = Object.entries(input).filter(([, value]) => value !== undefined)
  const wanted: Policies = { ...stored, ...Object.fromEntries(given) }
  return Object.fromEntries(
    POLICY_NAMES.flatMap((name) => (wanted[name] === stored[name] ? [] : [[name, wanted[name]]])),
  )
}

/**
 * Refuses a change that the actor may not make there; one that is looser than what holds needs the organization open.
 * @throws DomainError `forbidden` and `over_policy` beside the field, `organization_suspended`
 */
export function requireAllowed(ctx: PolicyContext, seen: Seen, change: Partial<Policies>): void {
  const { organization } = seen
  const loosest = loosestFor(ctx, seen)
  const beyond = looserOf({ ...loosest, ...change }, loosest)[0]
  if (beyond !== undefined) throw tooLoose(beyond, loosest, organization.policies)
  const loosened = looserOf({ ...organization.policies, ...change }, organization.policies)
  if (loosened.length > 0) requireNotSuspended(organization)
  requireSealable(ctx, change)
}

/**
 * Refuses to loosen reveal to `anytime` where nothing could be sealed.
 * @throws DomainError `over_policy` beside the field
 */
export function requireSealable(
  { maySeal }: Pick<PolicyContext, 'maySeal'>,
  { revealPolicy }: Partial<Policies>,
): void {
  if (maySeal || revealPolicy !== 'anytime') return
  const message =
    'This server has no keys to keep secrets under: SEAL_KEYS must be set before secrets can be revealed any time.'
  throw new DomainError('over_policy', message, { revealPolicy: message })
}

function tooLoose(name: PolicyName, loosest: EffectivePolicies, held: Policies): DomainError {
  const by = loosest.setBy[name]
  if (by === null) {
    const message = `${POLICY_TITLES[name]} is ${policyWords(name, held)} here. Only an admin above can loosen it.`
    return new DomainError('forbidden', message, { [name]: message })
  }
  const message = `${by} allows nothing looser than: ${policyWords(name, loosest)}.`
  return new DomainError('over_policy', message, { [name]: message })
}

/** What a change comes to, in words for the trail; empty where nothing changes. */
export function describePolicies(before: Policies, change: Partial<Policies>): Change[] {
  const after = { ...before, ...change }
  return POLICY_NAMES.flatMap((name) =>
    before[name] === after[name]
      ? []
      : [{ field: POLICY_TITLES[name], from: policyWords(name, before), to: policyWords(name, after) }],
  )
}
