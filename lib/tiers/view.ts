import type { TierHits } from '#db/queries/hits'
import type { Action } from '#lib/result'
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

export type { TierHits }

/** The server actions of the tab Tiers, as components receive them in props. */
export type TierActions = {
  readonly createTier: Action<CreateTierInput, { readonly id: string }>
  readonly previewTier: Action<EditTierInput, TierHits>
  readonly editTier: Action<EditTierInput, null>
  readonly deleteTier: Action<TierIdInput, null>
}
