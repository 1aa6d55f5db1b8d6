/** Tokens that would lose a scope at once: how many, and the first by name, with where they are. */
export type ScopeLoss = {
  readonly tokens: number
  readonly first: readonly { readonly name: string; readonly organization: string }[]
}

/** A scope that the platform defined. */
export type ScopeRow = {
  readonly name: string
  readonly description: string
  /** The tier of the lowest rank that has it; null: every tier has. */
  readonly tierId: string | null
  readonly rank: number | null
}
