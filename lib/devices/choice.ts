import type { Transaction } from '#db/client'
import { findDevices } from '#db/queries/devices'
import { type ActingToken, type AnyActor, type Place, reachesAt } from '#lib/authorization'
import { DomainError } from '#lib/errors'

/** What something is narrowed to: null is not at all, and none at all is narrowed to nothing. */
export type DeviceIds = readonly string[] | null

/** Whether devices are reached that were not. */
export const reachesMore = (before: DeviceIds, after: DeviceIds): boolean =>
  before !== null && (after === null || after.some((id) => !before.includes(id)))

/** The devices that both reach. */
export const reachedByBoth = (one: DeviceIds, other: DeviceIds): DeviceIds =>
  one === null ? other : other === null ? one : one.filter((id) => other.includes(id))

/**
 * Refuses devices that a token may not name: those that its organization has not registered, and any at all on a
 * personal token (`organization` null), which reaches what its owner reaches in each organization.
 * @throws DomainError `invalid` beside the field
 */
export async function requireDevices(
  tx: Transaction,
  organization: { readonly id: string } | null,
  ids: DeviceIds,
): Promise<void> {
  if (organization !== null) return requireRegistered(tx, organization.id, ids)
  if (ids !== null) throw wrong('A personal token has the devices of its owner.')
}

/**
 * Refuses devices that the organization has not registered. Exact while the organization is held.
 * @throws DomainError `invalid` beside the field
 */
export async function requireRegistered(tx: Transaction, organizationId: string, ids: DeviceIds): Promise<void> {
  if (ids === null || ids.length === 0) return
  const known = new Set((await findDevices(tx, organizationId, ids)).map(({ id }) => id))
  const unknown = ids.filter((id) => !known.has(id))
  if (unknown.length === 0) return
  throw wrong(`${listed(unknown)} ${unknown.length === 1 ? 'is' : 'are'} not registered.`)
}

const wrong = (message: string) => new DomainError('invalid', message, { devices: message })

/**
 * Refuses devices that a service token's API user is not narrowed to. A token that is not narrowed itself reaches what
 * its API user reaches, whatever that is.
 * @throws DomainError `not_held` beside the field
 */
export function requireWithinOwnersDevices(owners: DeviceIds, ids: DeviceIds): void {
  if (owners === null || ids === null) return
  const missing = ids.filter((id) => !owners.includes(id))
  if (missing.length === 0) return
  const message = `Its API user doesn't have ${listed(missing)}.`
  throw new DomainError('not_held', message, { devices: message })
}

/**
 * Refuses devices that a token which acts is not narrowed to itself there; people are not narrowed where they may grant.
 * @throws DomainError `not_held` beside the field
 */
export function requireWithinOwnDevices(
  { token }: Pick<AnyActor, 'token'>,
  organization: Place | null,
  ids: DeviceIds,
): void {
  if (token === undefined || organization === null) return
  const missing = devicesBeyond(token, organization, ids)
  if (missing === null) return
  const message = `Your token is narrowed to devices${missing.length === 0 ? '' : `, and not to ${listed(missing)}`}.`
  throw new DomainError('not_held', message, { devices: message })
}

/** What of these devices a token is not narrowed to itself there; null: it has all of them, empty: they are too many to name. */
export function devicesBeyond(token: ActingToken, place: Place, ids: DeviceIds): readonly string[] | null {
  const own = reachesAt(token, place).map(({ organizationId, devices }) =>
    devices === null || organizationId === place.id ? devices : [],
  )
  if (own.includes(null)) return null
  if (ids === null) return []
  const missing = ids.filter((id) => !own.some((devices) => devices?.includes(id)))
  return missing.length === 0 ? null : missing
}

const listed = (ids: readonly string[]) =>
  ids.length > 3 ? `${ids.slice(0, 3).join(', ')} and ${ids.length - 3} more` : ids.join(', ')

/** Devices in words for the trail. */
export const deviceWords = (ids: DeviceIds) => (ids === null ? 'all' : ids.length === 0 ? 'none' : ids.join(' '))

/** The refusal of an admin who would be narrowed to devices. */
export function adminsHaveAll(): DomainError {
  const message = 'An admin has all devices.'
  return new DomainError('invalid', message, { devices: message })
}
