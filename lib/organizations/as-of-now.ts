import type { Transaction } from '#db/client'
import { listRolesAt } from '#db/queries/members'
import { findToken } from '#db/queries/tokens'
import { type AnyActor, type Place, roleOf } from '#lib/authorization'

/**
 * Whoever acts with the roles that they have at this moment, in an organization and above it; a token also with no more
 * than the scopes that it still has, and with nothing once it is revoked. To be judged by once what decides about them
 * is held: while it waited, what the actor was loaded with may have been taken away.
 */
export async function asOfNow<Who extends AnyActor>(
  tx: Transaction,
  actor: Who,
  { path }: Pick<Place, 'path'>,
): Promise<Who> {
  const { token, userId } = actor
  const memberships = userId === null ? [] : await listRolesAt(tx, userId, path)
  if (token === undefined) return { ...actor, memberships }
  const { id, boundTo, reaches } = token
  const row = await findToken(tx, id)
  if (row === null || row.revokedAt !== null || row.apiUserDisabledAt !== null)
    return { ...actor, memberships: [], token: { id, boundTo: null, reaches: [] } }
  const own = { organizationId: boundTo ?? '', role: row.apiUserRole ?? roleOf(row.scopes) }
  const isKept = (scope: string) => row.scopes?.includes(scope) ?? true
  return {
    ...actor,
    memberships: boundTo === null ? memberships : [own],
    token: { id, boundTo, reaches: reaches.map((reach) => ({ ...reach, scopes: reach.scopes.filter(isKept) })) },
  }
}
