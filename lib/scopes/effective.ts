import type { Role } from '#lib/authorization'

/** The scopes of Tokenry itself. A platform admin defines further ones for the platform's own services. */
export const BUILT_IN_SCOPES = [
  { name: 'data:read', description: 'Read usage through the Data API' },
  { name: 'reports:read', description: 'Download reports' },
  { name: 'tokens:read', description: 'See tokens, but never their secrets' },
  { name: 'tokens:write', description: 'Create, change, revoke and delete tokens' },
  { name: 'tokens:verify', description: 'Ask whether tokens are good' },
] as const

/** What a token gets where nobody chose. */
export const DEFAULT_SCOPES: readonly string[] = ['data:read', 'reports:read']

/** A scope that a platform admin has defined, and the rank of the lowest tier that has it; null: every tier has. */
export type DefinedScope = { readonly name: string; readonly rank: number | null }

/** Which of the platform's own scopes an organization has by its effective tier; null: the platform, which has all. */
export const scopesOfTier = (defined: readonly DefinedScope[], tier: { readonly rank: number } | null): string[] =>
  defined.filter(({ rank }) => rank === null || tier === null || rank <= tier.rank).map(({ name }) => name)

const VERIFY = 'tokens:verify'
const BUILT_IN: readonly string[] = BUILT_IN_SCOPES.map(({ name }) => name)
const OF_VIEWER: readonly string[] = ['data:read', 'reports:read', 'tokens:read']
const OF_ADMIN: readonly string[] = [...OF_VIEWER, 'tokens:write']

/**
 * What a role holds, in an organization whose tier has `ofTier` of the platform's own scopes. `tokens:verify` is not
 * among it: no person verifies, but an admin may put it on organization and service tokens.
 */
export function scopesOfRole(role: Role, ofTier: readonly string[] = []): readonly string[] {
  if (role === 'viewer') return OF_VIEWER
  const base = role === 'admin' ? OF_ADMIN : OF_VIEWER
  return ofTier.length === 0 ? base : [...base, ...ofTier]
}

/** What a token's scopes depend on, by its kind. */
export type ScopeHolder =
  | { readonly kind: 'organization'; readonly stored: readonly string[] }
  | { readonly kind: 'service'; readonly stored: readonly string[]; readonly apiUser: ScopedRole }
  /** `stored` null: whatever its owner has; `role` is the owner's, in the organization in question. */
  | { readonly kind: 'personal'; readonly stored: readonly string[] | null; readonly role: Role }

type ScopedRole = { readonly role: Role; readonly scopes: readonly string[] }

/** What a token may do now, in an organization whose tier has `ofTier` of the platform's own scopes. */
export function effectiveScopes(holder: ScopeHolder, ofTier: readonly string[] = []): readonly string[] {
  if (holder.kind === 'personal') {
    const held = scopesOfRole(holder.role, ofTier)
    const { stored } = holder
    return stored === null ? held : held.filter((scope) => stored.includes(scope))
  }
  if (holder.kind === 'organization') {
    const isHeld = (scope: string) => BUILT_IN.includes(scope) || ofTier.includes(scope)
    // Nearly always all of them.
    return holder.stored.every(isHeld) ? holder.stored : holder.stored.filter(isHeld)
  }
  const { role, scopes } = holder.apiUser
  const held = scopesOfRole(role, ofTier)
  const allowed = (scope: string) => held.includes(scope) || (scope === VERIFY && role === 'admin')
  return holder.stored.filter((scope) => scopes.includes(scope) && allowed(scope))
}

/** A role in an organization whose tier has `scopesOfTier` of the platform's own scopes. */
export type RoleThere = { readonly role: Role; readonly scopesOfTier: readonly string[] }

/**
 * What a person holds in at least one of their organizations, which is what their own tokens may be given. The role in
 * one is never crossed with the tier of another.
 */
export const scopesHeldAnywhere = (roles: readonly RoleThere[]): Set<string> =>
  new Set(
    roles.flatMap(({ role, scopesOfTier: ofTier }) =>
      effectiveScopes({ kind: 'personal', stored: null, role }, ofTier),
    ),
  )
