import type { TransactionSql } from 'postgres'
import { tableNames } from '#db/backup/dump'
import { KEPT, LEFT_OUT } from '#db/backup/tables'

export type Target = {
  /** Tokenry's own tables that are there. */
  readonly tables: readonly string[]
  /** What would be lost; null where there is nothing but what a first start makes. */
  readonly holds: { readonly organizations: number; readonly users: number; readonly tokens: number } | null
}

/**
 * Looks at what a backup is to be restored over. Throws an Error with one sentence if there are tables that are not
 * Tokenry's: they would be in the way, and nobody asked for them to be dropped.
 */
export async function inspectTarget(tx: TransactionSql): Promise<Target> {
  const names = await tableNames(tx)
  const isOurs = (name: string) => name in LEFT_OUT || KEPT.some(({ table }) => table === name)
  const foreign = names.filter((name) => !isOurs(name))
  if (foreign.length > 0)
    throw new Error(
      `This database holds tables that are not this Tokenry's (${foreign.join(', ')}): restore into another, empty one.`,
    )
  if (!names.includes('organizations')) return { tables: names, holds: null }
  const [held] = await tx<{ organizations: number; users: number; tokens: number }[]>`
    select (select count(*)::int from organizations) as organizations, (select count(*)::int from users) as users,
      (select count(*)::int from tokens) as tokens`
  const isEmpty = held === undefined || held.organizations + held.users + held.tokens === 0
  return { tables: names, holds: isEmpty ? null : held }
}

/**
 * Throws an Error with one sentence while a desk or a verifier is connected: they name themselves, and have questions
 * every few seconds, so that one that runs is connected. One that starts meanwhile waits for the lock on migrations.
 */
export async function refuseServers(tx: TransactionSql): Promise<void> {
  // PostgreSQL would else tell again what it told earlier in the transaction.
  await tx`select pg_stat_clear_snapshot()`
  const [server] = await tx<{ connections: number }[]>`
    select count(*)::int as connections from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and application_name in ('tokenry', 'tokenry-verifier')`
  if (server !== undefined && server.connections > 0)
    throw new Error(
      `A server is using this database (${server.connections} connections): stop it, and verifiers too, then restore.`,
    )
}

/**
 * Takes Tokenry's tables away, with the types and functions that only they use: in the caller's transaction, so that
 * everything is as it was unless that commits. Throws what PostgreSQL says where something else depends on them.
 */
export async function clearTarget(tx: TransactionSql, tables: readonly string[]): Promise<void> {
  if (tables.length > 0) {
    const oids = tx`select oid from pg_class where relnamespace = 'public'::regnamespace and relname in ${tx(tables)}`
    const functions = await tx<{ name: string }[]>`
      select distinct tgfoid::regprocedure::text as name from pg_trigger where not tgisinternal and tgrelid in (${oids})`
    const types = await tx<{ name: string }[]>`
      select distinct t.oid::regtype::text as name from pg_attribute a join pg_type t on t.oid = a.atttypid
      where a.attrelid in (${oids}) and a.attnum > 0 and t.typtype = 'e'`
    await tx`drop table ${tx.unsafe(tables.map((name) => `"${name}"`).join(', '))}`
    for (const { name } of functions) await tx.unsafe(`drop function ${name}`)
    await tx`drop function if exists tell_verifiers(text), tokenry_connections()`
    for (const { name } of types) await tx.unsafe(`drop type ${name}`)
  }
  await tx`drop table if exists drizzle.__drizzle_migrations`
}
