import { type Actor, type Place, type Role, standing } from '#lib/authorization'
import { DomainError } from '#lib/errors'
import { BUILT_IN_SCOPES, effectiveScopes, scopesOfRole } from '#lib/scopes/effective'
import type { ScopeOption } from '#lib/tokens/view'

const NOT_HELD = "You don't hold this scope, so you can't grant it."

// Whoever administers an ancestor acts as an admin here. A person's own token has, at most, what they hold anywhere.
function heldScopes(actor: Actor, organization: Place | null): ReadonlySet<string> {
  if (organization === null) return new Set(actor.memberships.flatMap(({ role }) => scopesOfRole(role)))
  const { role, adminAbove } = standing(actor, organization)
  const held = new Set<string>(adminAbove ? scopesOfRole('admin') : role === null ? [] : scopesOfRole(role))
  if (adminAbove || role === 'admin') held.add('tokens:verify')
  return held
}

/**
 * Refuses scopes that the actor does not hold there (null: for a personal token): no one grants what they don't hold.
 * @throws DomainError `not_held` beside the field
 */
export function requireGrantable(actor: Actor, organization: Place | null, scopes: readonly string[]): void {
  const held = heldScopes(actor, organization)
  const missing = scopes.filter((scope) => !held.has(scope))
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
): void {
  if (owner.apiUserRole === null || owner.apiUserScopes === null) return
  const apiUser = { role: owner.apiUserRole, scopes: owner.apiUserScopes }
  const held = effectiveScopes({ kind: 'service', stored: scopes, apiUser })
  const missing = scopes.filter((scope) => !held.includes(scope))
  if (missing.length === 0) return
  const message = `Its API user doesn't hold ${missing.join(', ')}.`
  throw new DomainError('not_held', message, { scopes: message })
}

/** Every scope there is, with the reason where the actor can't grant it to a token there (null: to a personal one). */
export function listScopeOptions(actor: Actor, organization: Place | null): ScopeOption[] {
  const held = heldScopes(actor, organization)
  return BUILT_IN_SCOPES.map(({ name, description }) => ({
    name,
    description,
    refusal: held.has(name) ? null : NOT_HELD,
  }))
}
