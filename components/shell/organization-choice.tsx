import type { TierView } from '#components/organizations/tier-badge'

/** An organization as the switcher offers it. */
export type OrganizationChoice = {
  readonly slug: string
  readonly name: string
  readonly kind: 'platform' | 'reseller' | 'customer'
  /** null: the platform has none. */
  readonly tier: TierView | null
  /** How deep in the tree, from 0; drawn as indentation. */
  readonly depth: number
}
