import { asc, eq } from 'drizzle-orm'
import type { Queryable } from '#db/client'
import { scopes } from '#db/schema/scopes'
import { tiers } from '#db/schema/tiers'

/**
 * The scopes that the platform defined, by name; `rank` is that of the lowest tier that has it, null: every tier has.
 * Leans on the primary keys.
 */
export const listScopes = (db: Queryable) =>
  db
    .select({ name: scopes.name, description: scopes.description, tierId: scopes.tierId, rank: tiers.rank })
    .from(scopes)
    .leftJoin(tiers, eq(tiers.id, scopes.tierId))
    .orderBy(asc(scopes.name))
