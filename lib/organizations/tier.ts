/** A data plan, as far as it matters here: the lower its rank, the less it allows. */
type Ranked = { readonly rank: number }

/** An organization as its lineage tells it; only the platform has no tier. */
type Level<T extends Ranked> = { readonly name: string; readonly tier: T | null }

/** A tier as it holds for an organization, beside the one it was granted. */
export type Effective<T extends Ranked> = T & { readonly granted: T; readonly limitedBy: Limiter }

/** The ancestor whose tier holds instead of the granted one; null where none does. */
type Limiter = { readonly name: string } | null

/** The whole tier as it holds for an organization. */
export type EffectiveTier = Effective<{
  readonly id: string
  readonly name: string
  readonly rank: number
  readonly tokenLimit: number
  readonly atLimit: 'refuse' | 'replace'
  readonly metrics: 'basic' | 'extended'
}>

/**
 * The tier of the lowest rank among an organization and its ancestors; at equal rank its own, then the nearest
 * ancestor's. `lineage` runs from the platform to the organization. null: the platform, which nothing limits.
 */
export function effectiveTier<T extends Ranked>(lineage: readonly Level<T>[]): Effective<T> | null {
  const granted = lineage.at(-1)?.tier
  if (granted == null) return null
  let lowest = granted
  let limitedBy: Limiter = null
  for (const level of lineage.slice(0, -1).reverse()) {
    if (level.tier === null || level.tier.rank >= lowest.rank) continue
    lowest = level.tier
    limitedBy = { name: level.name }
  }
  return { ...lowest, granted, limitedBy }
}
