import { type AnyActor, type Role, reachesAt, standing } from '#lib/authorization'
import { DomainError } from '#lib/errors'
import { BUILT_IN_SCOPES, effectiveScopes, scopesHeldAnywhere, scopesOfRole } from '#lib/scopes/effective'
import type { Home } from '#lib/tokens/home'
import type { ScopeOption } from '#lib/tokens/view'

type Held = Pick<Home, 'organization' | 'roles'>

const NOT_HELD = "You don't hold this scope, so you can't grant it."

// Whoever administers an ancestor acts as an admin here. A person's own token has, at most, what they hold somewhere.
function heldScopes(actor: AnyActor, { organization, roles }: Held): ReadonlySet<string> {
  if (organization === null) return scopesHeldAnywhere(roles)
  const { scopesOfTier } = organization
  const { role, adminAbove } = standing(actor, organization)
  const held = new Set<string>(
    adminAbove ? scopesOfRole('admin', scopesOfTier) : role === null ? [] : scopesOfRole(role, scopesOfTier),
  )
  if (adminAbove || role === 'admin') held.add('tokens:verify')
  const { token } = actor
  if (token === undefined) return held
  return new Set(reachesAt(token, organization).flatMap(({ scopes }) => scopes.filter((scope) => held.has(scope))))
}

/** Which of these scopes the actor does not hold there. */
export function scopesBeyond(actor: AnyActor, home: Held, scopes: readonly string[]): string[] {
  const held = heldScopes(actor, home)
  return scopes.filter((scope) => !held.has(scope))
}

/**
 * Refuses scopes that the actor does not hold there: no one grants what they don't hold.
 * @throws DomainError `not_held` beside the field
 */
export function requireGrantable(actor: AnyActor, home: Held, scopes: readonly string[]): void {
  const missing = scopesBeyond(actor, home, scopes)
  if (missing.length === 0) return
  const message = `You don't hold ${missing.join(', ')}, so you can't grant it.`
  throw new DomainError('not_held', message, { scopes: message })
}

/**
 * Refuses scopes that a service token's API user does not have, by role and by its own scopes: a token never holds more
 * than its owner. Other tokens have no owner of their own to compare with.
 * @throws DomainError `not_held` beside the field
 */
export function requireWithinOwner(
  owner: { readonly apiUserRole: Role | null; readonly apiUserScopes: readonly string[] | null },
  scopes: readonly string[],
  { organization }: Pick<Home, 'organization'>,
): void {
  if (owner.apiUserRole === null || owner.apiUserScopes === null || organization === null) return
  const apiUser = { role: owner.apiUserRole, scopes: owner.apiUserScopes }
  const held = effectiveScopes({ kind: 'service', stored: scopes, apiUser }, organization.scopesOfTier)
  const missing = scopes.filter((scope) => !held.includes(scope))
  if (missing.length === 0) return
  const message = `Its API user doesn't hold ${missing.join(', ')}.`
  throw new DomainError('not_held', message, { scopes: message })
}

/**
 * Every scope there is, Tokenry's own first, with the reason where the actor can't grant it to a token there.
 */
export function listScopeOptions(
  actor: AnyActor,
  home: Held,
  defined: readonly { readonly name: string; readonly description: string }[],
): ScopeOption[] {
  const held = heldScopes(actor, home)
  return [...BUILT_IN_SCOPES, ...defined].map(({ name, description }) => ({
    name,
    description,
    refusal: held.has(name) ? null : refusalOf(name, home),
  }))
}

const BUILT_IN: readonly string[] = BUILT_IN_SCOPES.map(({ name }) => name)

const refusalOf = (name: string, { organization }: Held) =>
  organization?.tier == null || BUILT_IN.includes(name) || organization.scopesOfTier.includes(name)
    ? NOT_HELD
    : `${organization.tier.name} does not have it.`
