import type { AnyContext } from '#lib/context'
import { devicesBeyond } from '#lib/devices/choice'
import { DomainError } from '#lib/errors'
import { scopesBeyond } from '#lib/scopes/grant'
import type { Held } from '#lib/tokens/hold'

/** Whether a token that acts would get hold of more than it has itself by that token's secret; people never would. */
export function reachesBeyondCaller({ actor }: Pick<AnyContext, 'actor'>, { token, home }: Held): boolean {
  const { organization } = home
  if (actor.token === undefined || actor.token.id === token.id || organization === null) return false
  return (
    scopesBeyond(actor, home, token.scopes ?? []).length > 0 ||
    devicesBeyond(actor.token, organization, token.devices ?? token.apiUserDevices) !== null
  )
}

/**
 * Refuses to open a secret to a token that holds less: nobody gets what they don't hold.
 * @throws DomainError `forbidden`
 */
export function requireWithinCaller(ctx: Pick<AnyContext, 'actor'>, held: Held): void {
  if (reachesBeyondCaller(ctx, held))
    throw new DomainError(
      'forbidden',
      'This token has scopes or devices that yours does not have, so yours cannot open it.',
    )
}
