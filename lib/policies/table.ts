import { can } from '#lib/authorization'
import { type EffectivePolicies, effectivePolicies, sourced } from '#lib/policies/effective'
import { seePolicies } from '#lib/policies/hold'
import { loosestFor, type PolicyContext } from '#lib/policies/judge'
import type { Policies, PolicyLevel, PolicyName, PolicyTable } from '#lib/policies/view'

const TIGHTEST = { revealPolicy: 'once', deletePolicy: 'revoked-only', neverExpiringAllowed: false } as const

/**
 * What holds at every level from the platform's ceilings to the organization, and what the actor may set there.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function policyTable(ctx: PolicyContext, organizationId: string): Promise<PolicyTable> {
  const seen = await seePolicies(ctx.db, ctx, organizationId, 'policies.tighten')
  const { organization, lineage, ceilings } = seen
  const levels = lineage.flatMap(({ id, name }, index) => {
    const ceiling = { id: 'ceilings', name, policies: ceilings }
    if (index === 0 && organization.kind !== 'platform') return [ceiling]
    const held = { id, name, policies: effectivePolicies(lineage.slice(0, index + 1), ceilings) }
    return index === 0 ? [{ ...ceiling, name: 'Ceilings' }, held] : [held]
  })
  const loosest = withoutSealing(ctx, loosestFor(ctx, seen), organization.policies)
  const parent = lineage.at(-2)?.name ?? null
  const mayLoosen = organization.kind === 'platform' || can(ctx.actor, 'policies.loosen', organization)
  const fixed = (name: PolicyName) => {
    if (!isFixed(name, loosest)) return null
    if (name === 'revealPolicy' && mayLoosen && !ctx.maySeal && loosestFor(ctx, seen).revealPolicy === 'anytime')
      return 'Needs SEAL_KEYS to be looser'
    const by = loosest.setBy[name]
    return by === null ? `Only an admin of ${parent} can loosen it` : `${by} allows nothing looser`
  }
  return { organizationId, levels: levels.map(plain), loosest: plainPolicies(loosest), fixed: eachPolicy(fixed) }
}

/**
 * The ceilings alone, to be set.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function ceilingTable(ctx: PolicyContext, organizationId: string): Promise<PolicyTable> {
  const { ceilings } = await seePolicies(ctx.db, ctx, organizationId, 'ceilings.manage')
  const open = {
    revealPolicy: 'anytime',
    deletePolicy: 'any',
    longestLifetimeDays: null,
    neverExpiringAllowed: true,
  } as const
  const loosest = withoutSealing(ctx, sourced(open, null), ceilings)
  const fixed = (name: PolicyName) => (isFixed(name, loosest) ? 'Needs SEAL_KEYS to be looser' : null)
  return {
    organizationId,
    levels: [plain({ id: 'ceilings', name: 'Ceilings', policies: ceilings })],
    loosest: plainPolicies(loosest),
    fixed: eachPolicy(fixed),
  }
}

// What is `anytime` already may stay so.
const withoutSealing = ({ maySeal }: Pick<PolicyContext, 'maySeal'>, loosest: EffectivePolicies, held: Policies) =>
  maySeal || held.revealPolicy === 'anytime' ? loosest : { ...loosest, revealPolicy: 'once' as const }

const isFixed = (name: PolicyName, loosest: Policies) =>
  name === 'longestLifetimeDays' ? loosest[name] === 1 : loosest[name] === TIGHTEST[name]

const plainPolicies = (policies: Policies): Policies => {
  const { setBy: _, ...plain } = sourced(policies, null)
  return plain
}
const plain = (level: PolicyLevel): PolicyLevel => ({ ...level, policies: plainPolicies(level.policies) })

const eachPolicy = (of: (name: PolicyName) => string | null): PolicyTable['fixed'] => ({
  revealPolicy: of('revealPolicy'),
  deletePolicy: of('deletePolicy'),
  longestLifetimeDays: of('longestLifetimeDays'),
  neverExpiringAllowed: of('neverExpiringAllowed'),
})
