import type { Action } from '#lib/result'
import type { ScopeLoss } from '#lib/scopes/view'
import type { CreateTierInput, EditTierInput, TierIdInput } from '#lib/tiers/schema'

/** A tier as the platform's admins see it. */
export type TierRow = {
  readonly id: string
  readonly name: string
  readonly rank: number
  readonly tokenLimit: number
  readonly atLimit: 'refuse' | 'replace'
  readonly metrics: 'basic' | 'extended'
  /** How many organizations have it. */
  readonly organizations: number
  /** How many scopes begin at it. */
  readonly scopes: number
}

/** What another tier, or another form of one, would come to; no token is revoked by it. */
export type TierEffect = {
  /** Organizations that would be above their limit, and are not now. */
  readonly over: number
  /** The first of them by name. */
  readonly overFirst: readonly {
    readonly slug: string
    readonly name: string
    readonly used: number
    readonly limit: number
  }[]
  /** Organizations whose effective tier would be another. */
  readonly changed: number
  /** Scopes that would stop, by name, for active organization and service tokens that carry them. */
  readonly scopes: readonly (ScopeLoss & { readonly name: string })[]
}

/** The server actions of the tab Tiers, as components receive them in props. */
export type TierActions = {
  readonly createTier: Action<CreateTierInput, { readonly id: string }>
  readonly previewTier: Action<EditTierInput, TierEffect>
  readonly editTier: Action<EditTierInput, null>
  readonly deleteTier: Action<TierIdInput, null>
}
