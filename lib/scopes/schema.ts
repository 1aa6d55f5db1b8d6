import { z } from 'zod'
import { displayName } from '#lib/names'

/** Scopes as RFC 6749 section 3.3 writes them; each once, in order. Whether there are such is not a matter of form. */
export const Scopes = z
  .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/, 'This is not a scope.'))
  .max(100, 'Choose at most 100 scopes.')
  .transform((scopes) => [...new Set(scopes)].sort())

const BUILT_IN: readonly string[] = ['data:read', 'reports:read', 'tokens:read', 'tokens:write', 'tokens:verify']

/** Two or more lower-case words with colons between, as `measurements:write`; none of Tokenry's own. */
export const ScopeName = z
  .string()
  .max(64, 'Use at most 64 characters.')
  .regex(/^[a-z][a-z0-9-]*(:[a-z][a-z0-9-]*)+$/, 'Use lower-case words with a colon between, as in measurements:write.')
  .refine((name) => !BUILT_IN.includes(name), "This is one of Tokenry's own scopes. Choose another name.")

const fields = {
  description: displayName,
  /** The tier of the lowest rank that has it; null: every tier has. */
  tierId: z.uuid().nullable(),
}

export const DefineScopeInput = z.strictObject({ name: ScopeName, ...fields })
export type DefineScopeInput = z.input<typeof DefineScopeInput>

/** The scope as it is to be; its name never changes. */
export const EditScopeInput = z.strictObject({ name: ScopeName, ...fields })
export type EditScopeInput = z.input<typeof EditScopeInput>

export const ScopeNameInput = z.strictObject({ name: ScopeName })
export type ScopeNameInput = z.infer<typeof ScopeNameInput>
