import type { Transaction } from '#db/client'
import { listRolesAt } from '#db/queries/members'
import type { Actor, Place } from '#lib/authorization'

/**
 * The actor with the roles that they have at this moment, in an organization and above it. To be judged by once what
 * decides about them is held: while it waited, what the actor was loaded with may have been taken away.
 */
export const asOfNow = async (tx: Transaction, actor: Actor, { path }: Pick<Place, 'path'>): Promise<Actor> => ({
  ...actor,
  memberships: await listRolesAt(tx, actor.userId, path),
})
