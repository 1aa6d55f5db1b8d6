import type { PgDatabase } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsQueryResultHKT, PostgresJsSession } from 'drizzle-orm/postgres-js'
import postgres, { type Sql, type TransactionSql } from 'postgres'

/** Opens a pool on the database; times come as Date, in UTC. Nothing connects before the first query. */
export function openDatabase(url: string, options: { readonly connections?: number } = {}) {
  const client = postgres(url, {
    max: options.connections ?? 10,
    onnotice: () => {},
    connection: { application_name: 'tokenry' },
  })
  return Object.assign(withDrizzle(client), { close: () => client.end({ timeout: 5 }) })
}

/** The same on a client that is open already; from then on that hands over and takes times as text. */
export const withDrizzle = (client: Sql) => drizzle(client, { casing: 'snake_case' })

/** A transaction for what drizzle has no words for, such as COPY. */
export function sqlOf(tx: Transaction): TransactionSql {
  const { session } = tx._
  if (!(session instanceof PostgresJsSession)) throw new Error('not a transaction of postgres.js')
  return session.client
}

/** The database, or a transaction in it: within one, a further transaction is a savepoint. */
export type Database = PgDatabase<PostgresJsQueryResultHKT, Record<string, never>>
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/** Queries take either: the ones that lock or write are given a transaction. */
export type Queryable = Database
