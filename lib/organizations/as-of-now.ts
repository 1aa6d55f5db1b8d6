import type { Transaction } from '#db/client'
import { listRolesAt } from '#db/queries/members'
import { findToken, type TokenRow } from '#db/queries/tokens'
import { type ActingToken, type AnyActor, type Place, roleOf } from '#lib/authorization'
import { type DeviceIds, reachedByBoth } from '#lib/devices/choice'
import { BUILT_IN_SCOPES, effectiveScopes } from '#lib/scopes/effective'

/**
 * Whoever acts with the roles that they have at this moment, in an organization and above it; a token also with no more
 * than the scopes and devices that it, and whose it is, still have, and with nothing once it is revoked. To be judged by
 * once what decides about them is held: while it waited, what the actor was loaded with may have been taken away.
 */
export async function asOfNow<Who extends AnyActor>(
  tx: Transaction,
  actor: Who,
  { path }: Pick<Place, 'path'>,
): Promise<Who> {
  const { token, userId } = actor
  const found = userId === null ? [] : await listRolesAt(tx, userId, path)
  const memberships = found.map(({ organizationId, role }) => ({ organizationId, role }))
  if (token === undefined) return { ...actor, memberships }
  const { id, boundTo } = token
  const row = await findToken(tx, id)
  if (row === null || row.revokedAt !== null || row.apiUserDisabledAt !== null)
    return { ...actor, memberships: [], token: { id, boundTo: null, reaches: [] } }
  const own = { organizationId: boundTo ?? '', role: row.apiUserRole ?? roleOf(row.scopes) }
  const reaches = token.reaches.map((reach) => {
    const member = found.find(({ organizationId }) => organizationId === reach.organizationId)
    return { ...reach, scopes: scopesLeft(reach, row), devices: devicesLeft(reach, row, member?.devices ?? null) }
  })
  return { ...actor, memberships: boundTo === null ? memberships : [own], token: { id, boundTo, reaches } }
}

type Reach = ActingToken['reaches'][number]

function scopesLeft({ scopes }: Reach, row: TokenRow): readonly string[] {
  const stored = scopes.filter((scope) => row.scopes?.includes(scope) ?? true)
  if (row.apiUserRole === null || row.apiUserScopes === null) return stored
  // The tier's are among them already.
  const ofTier = stored.filter((scope) => BUILT_IN_SCOPES.every(({ name }) => name !== scope))
  const apiUser = { role: row.apiUserRole, scopes: row.apiUserScopes }
  return effectiveScopes({ kind: 'service', stored, apiUser }, ofTier)
}

const devicesLeft = ({ devices }: Reach, row: TokenRow, members: DeviceIds): DeviceIds =>
  [row.devices, row.apiUserDevices, members].reduce(reachedByBoth, devices)
