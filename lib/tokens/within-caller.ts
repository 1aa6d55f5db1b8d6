import type { Queryable } from '#db/client'
import { devicesBeyond } from '#lib/devices/choice'
import { DomainError } from '#lib/errors'
import { scopesBeyond } from '#lib/scopes/grant'
import { callersBounds, rangesBeyond } from '#lib/tokens/callers-bounds'
import type { HeldBy } from '#lib/tokens/hold'

/**
 * Whether a token that acts would get hold of more than it has itself by that token's secret: of scopes, devices or
 * addresses. People never would. It does not look at how long either lives: opening a secret lengthens nothing.
 */
export async function reachesBeyondCaller(db: Queryable, { token, home, actor }: HeldBy): Promise<boolean> {
  const { organization } = home
  if (actor.token === undefined || actor.token.id === token.id || organization === null) return false
  const bounds = await callersBounds(db, actor)
  return (
    scopesBeyond(actor, home, token.scopes ?? []).length > 0 ||
    devicesBeyond(actor.token, organization, token.devices ?? token.apiUserDevices) !== null ||
    rangesBeyond(bounds?.ipRanges ?? [], token.ipRanges) !== null
  )
}

/**
 * Refuses to open a secret to a token that holds less: nobody gets what they don't hold.
 * @throws DomainError `forbidden`
 */
export async function requireWithinCaller(db: Queryable, held: HeldBy): Promise<void> {
  if (await reachesBeyondCaller(db, held))
    throw new DomainError(
      'forbidden',
      'This token has scopes, devices or addresses that yours does not have, so yours cannot open it.',
    )
}
