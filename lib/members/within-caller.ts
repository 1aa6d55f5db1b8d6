import type { AnyActor, Role } from '#lib/authorization'
import { type DeviceIds, requireWithinOwnDevices } from '#lib/devices/choice'
import { DomainError } from '#lib/errors'
import type { Organization } from '#lib/organizations/load'
import { scopesOfRole } from '#lib/scopes/effective'
import { scopesBeyond } from '#lib/scopes/grant'
import { homeOf } from '#lib/tokens/home'

/**
 * Refuses to let a token that acts make somebody a member who may do more there than it may itself, by scope or device.
 * Of people it asks nothing: who may change members holds what every role holds.
 * @throws DomainError `not_held` beside the field
 */
export function requireMemberWithinCaller(
  actor: AnyActor,
  organization: Organization,
  { role, devices }: { readonly role: Role; readonly devices: DeviceIds },
): void {
  if (actor.token === undefined) return
  const missing = scopesBeyond(actor, homeOf(organization), scopesOfRole(role, organization.scopesOfTier))
  if (missing.length > 0) {
    const message = `Your token doesn't hold ${missing.join(', ')}, so it can't give anybody the role ${role}.`
    throw new DomainError('not_held', message, { role: message })
  }
  requireWithinOwnDevices(actor, organization, devices)
}
