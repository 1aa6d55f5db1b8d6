import type { ScopeLoss } from '#db/queries/hits'
import type { Action } from '#lib/result'
import type { DefineScopeInput, EditScopeInput, ScopeNameInput } from '#lib/scopes/schema'

export type { ScopeLoss }

/** A scope that the platform defined. */
export type ScopeRow = {
  readonly name: string
  readonly description: string
  /** The tier of the lowest rank that has it; null: every tier has. */
  readonly tierId: string | null
  readonly rank: number | null
}

/** The server actions of the tab Scopes, as components receive them in props. */
export type ScopeActions = {
  readonly defineScope: Action<DefineScopeInput, null>
  readonly editScope: Action<EditScopeInput, null>
  readonly previewScope: Action<EditScopeInput, ScopeLoss>
  readonly previewScopeRemoval: Action<ScopeNameInput, ScopeLoss>
  readonly removeScope: Action<ScopeNameInput, { readonly tokens: number }>
}
