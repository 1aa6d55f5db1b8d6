import { asc, eq, inArray, sql } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client'
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

/** Adds a scope. */
export async function insertScope(tx: Transaction, row: typeof scopes.$inferInsert): Promise<void> {
  await tx.insert(scopes).values(row)
}

/**
 * Lets nobody remove those scopes before the transaction ends; they may still be edited. Scopes that don't exist are
 * passed over. Locked by name. Leans on scopes_pkey.
 */
export async function shareScopeRows(tx: Transaction, names: readonly string[]): Promise<void> {
  await tx
    .select({ name: scopes.name })
    .from(scopes)
    .where(inArray(scopes.name, [...names]))
    .orderBy(asc(scopes.name))
    .for('key share')
}

/** Changes a scope; whoever does holds the platform. */
export async function updateScope(
  tx: Transaction,
  name: string,
  change: { readonly description?: string; readonly tierId?: string | null },
): Promise<void> {
  await tx.update(scopes).set(change).where(eq(scopes.name, name))
}

/**
 * Removes a scope, also from the tokens and API users that carry it, so that they do not get it back by another of the
 * same name; tells how many tokens lost it. It waits for whoever is giving it to something. Locked as everywhere: the
 * scope, API users by id, tokens by id.
 */
export async function deleteScope(tx: Transaction, name: string, now: Date): Promise<number> {
  await tx.delete(scopes).where(eq(scopes.name, name))
  await tx.execute(sql`select from service_accounts where scopes @> array[${name}] order by id for no key update`)
  await tx.execute(sql`update service_accounts set scopes = array_remove(scopes, ${name})
    where scopes @> array[${name}]`)
  await tx.execute(sql`select from tokens where deleted_at is null and scopes @> array[${name}]
    order by id for no key update`)
  const lost = await tx.execute(sql`update tokens
    set scopes = array_remove(scopes, ${name}), updated_at = ${now.toISOString()}::timestamptz
    where deleted_at is null and scopes @> array[${name}] returning id`)
  return lost.length
}
