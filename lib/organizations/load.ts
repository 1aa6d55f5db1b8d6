import type { Queryable } from '#db/client'
import {
  findLineage,
  findLineageBySlug,
  findLineages,
  findPolicyCeilings,
  type LineageRow,
} from '#db/queries/organizations'
import { listScopes } from '#db/queries/scopes'
import { type AnyActor, can } from '#lib/authorization'
import { DomainError, notFound } from '#lib/errors'
import { type EffectiveTier, effectiveTier } from '#lib/organizations/tier'
import { type EffectivePolicies, effectivePolicies } from '#lib/policies/effective'
import type { Policies } from '#lib/policies/view'
import { type DefinedScope, scopesOfTier } from '#lib/scopes/effective'

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** An organization with all that its ancestors make of it. */
export type Organization = {
  readonly id: string
  readonly kind: 'platform' | 'reseller' | 'customer'
  readonly slug: string
  readonly name: string
  /** E-mail address or URL, for those below who are told to ask it. */
  readonly contact: string | null
  /** From the platform to the organization itself. */
  readonly path: readonly string[]
  /** null: the platform, which has no limit and all metrics. */
  readonly tier: EffectiveTier | null
  /** Active organization and service tokens at most; null: no limit. */
  readonly tokenLimit: number | null
  /** The number that a platform admin set in the tier's place; null: none. */
  readonly tokenLimitOverride: number | null
  readonly policies: EffectivePolicies
  /** The platform's own scopes that its tier has. */
  readonly scopesOfTier: readonly string[]
  /** Since when it is suspended itself; null: it is not. */
  readonly suspendedAt: Date | null
  /** The nearest organization at or above it that is suspended. */
  readonly suspendedBy: string | null
  readonly closed: boolean
  /** Whom to ask for more; null for the platform. */
  readonly parent: Parent | null
}

type Parent = { readonly slug: string; readonly name: string; readonly contact: string | null }

/** Reads an organization as it stands, with its ancestors; null where there is none. Decides nothing about who may see it. */
export async function loadOrganization(db: Queryable, organizationId: string): Promise<Organization | null> {
  const [lineage, ...platform] = await Promise.all([findLineage(db, organizationId), ...findPlatformRules(db)])
  return organizationFrom(lineage, ...platform)
}

/**
 * The same for several at once, in the order given; those that do not exist are left out. `withParents` gives theirs
 * too, after them.
 */
export async function loadOrganizations(
  db: Queryable,
  ids: readonly string[],
  { withParents = false }: { readonly withParents?: boolean } = {},
): Promise<Organization[]> {
  const [rows, ...platform] = await Promise.all([findLineages(db, ids), ...findPlatformRules(db)])
  const byId = new Map(rows.map((row) => [row.id, row]))
  const parents = withParents ? ids.flatMap((id) => byId.get(id)?.path.at(-2) ?? []) : []
  return [...new Set([...ids, ...parents])].flatMap((id) => {
    const lineage = byId.get(id)?.path.flatMap((above) => byId.get(above) ?? []) ?? []
    return organizationFrom(lineage, ...platform) ?? []
  })
}

/** The same by slug. */
export async function loadOrganizationBySlug(db: Queryable, slug: string): Promise<Organization | null> {
  if (!SLUG.test(slug)) return null
  const [lineage, ...platform] = await Promise.all([findLineageBySlug(db, slug), ...findPlatformRules(db)])
  return organizationFrom(lineage, ...platform)
}

/**
 * The organization behind a slug, for an actor who may see its tokens.
 * @throws DomainError `not_found` alike for what is not there and what the actor may not see
 */
export async function openOrganization(db: Queryable, actor: AnyActor, slug: string): Promise<Organization> {
  const organization = await loadOrganizationBySlug(db, slug)
  if (organization === null || !can(actor, 'tokens.see', organization)) throw notFound()
  return organization
}

/** Refuses what nobody may do in an organization that is suspended, itself or by one above. */
export function requireNotSuspended(organization: Organization): void {
  if (organization.suspendedBy === null) return
  const by = organization.suspendedBy === organization.name ? '' : ` because ${organization.suspendedBy} is`
  throw new DomainError(
    'organization_suspended',
    `${organization.name} is suspended${by}. Nothing new can be made or opened.`,
  )
}

// What the platform lays down for all.
const findPlatformRules = (db: Queryable) => [findPolicyCeilings(db), listScopes(db)] as const

/** Puts an organization together from its lineage, root first. */
function organizationFrom(
  lineage: readonly LineageRow[],
  ceilings: Policies,
  defined: readonly DefinedScope[],
): Organization | null {
  const row = lineage.at(-1)
  if (row === undefined) return null
  const tier = effectiveTier(lineage)
  const parent = lineage.at(-2)
  return {
    id: row.id,
    kind: row.kind,
    slug: row.slug,
    name: row.name,
    contact: row.contact,
    path: row.path,
    tier,
    tokenLimit: tier === null ? null : (row.tokenLimitOverride ?? tier.tokenLimit),
    tokenLimitOverride: row.tokenLimitOverride,
    policies: effectivePolicies(lineage, ceilings),
    scopesOfTier: scopesOfTier(defined, tier),
    suspendedAt: row.suspendedAt,
    suspendedBy: lineage.findLast((each) => each.suspendedAt !== null)?.name ?? null,
    closed: lineage.some((each) => each.closedAt !== null),
    parent: parent === undefined ? null : { slug: parent.slug, name: parent.name, contact: parent.contact },
  }
}
