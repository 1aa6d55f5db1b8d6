/** A scope that the platform defined. */
export type ScopeRow = {
  readonly name: string
  readonly description: string
  /** The tier of the lowest rank that has it; null: every tier has. */
  readonly tierId: string | null
  readonly rank: number | null
}
