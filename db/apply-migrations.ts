import { join } from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Sql, TransactionSql } from 'postgres'

/** One migration as a database tells that it has it. `createdAt` is in milliseconds and orders them. */
export type Migration = { readonly hash: string; readonly createdAt: number }

/** Any number will do, so long as every Tokenry takes the same: whoever changes the schema holds it. */
export const MIGRATION_LOCK = 7_263_001

/** All migrations of this build, oldest first. */
export const knownMigrations = () =>
  readMigrationFiles({ migrationsFolder: join(import.meta.dirname, 'migrations') }).map(
    ({ sql, hash, folderMillis }) => ({ statements: sql, hash, createdAt: folderMillis }),
  )

/** The migrations that the database has, oldest first; none where Tokenry was never there. */
export async function appliedMigrations(sql: Sql | TransactionSql): Promise<Migration[]> {
  const [log] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`
  if (log?.['name'] === null) return []
  return sql<Migration[]>`
    select hash, created_at::float8 as "createdAt" from drizzle.__drizzle_migrations order by created_at, id`
}

/**
 * Applies the migrations that are later than all that the database has, up to and with the one made at `until`; all of
 * them or, with the transaction, none. The caller holds MIGRATION_LOCK. The log is the one that drizzle-kit keeps.
 */
export async function applyMigrations(tx: TransactionSql, until = Number.POSITIVE_INFINITY): Promise<void> {
  await tx`create schema if not exists drizzle`
  await tx`create table if not exists drizzle.__drizzle_migrations (
    id serial primary key, hash text not null, created_at bigint)`
  const last = (await appliedMigrations(tx)).at(-1)?.createdAt ?? Number.NEGATIVE_INFINITY
  for (const { statements, hash, createdAt } of knownMigrations()) {
    if (createdAt <= last || createdAt > until) continue
    for (const statement of statements) await tx.unsafe(statement)
    await tx`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${createdAt})`
  }
}
