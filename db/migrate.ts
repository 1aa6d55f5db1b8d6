import { join } from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres, { type Sql } from 'postgres'
import { untilAnswering } from '#db/until-answering'

const migrationsFolder = join(import.meta.dirname, 'migrations')

/** Any number will do, so long as every Tokenry takes the same. */
const LOCK = 7_263_001

/** Refuses a database that a later version has changed: nobody knows what this one would break there. */
async function refuseNewer(sql: Sql): Promise<void> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`
  if (table?.['name'] === null) return
  const [last] = await sql`select max(created_at)::float8 as made from drizzle.__drizzle_migrations`
  const known = Math.max(...readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis))
  if (Number(last?.['made']) > known) {
    throw new Error('The database was made by a newer Tokenry: run that version, or put back a backup from before it.')
  }
}

type Options = { readonly patience?: number; readonly say?: (line: string) => void }

/**
 * Brings the database up to date, one server at a time, waiting up to `patience` milliseconds for it to answer. Throws
 * an Error whose message is fit for the person at the terminal and says what to do; the database is then as it was.
 */
export async function migrate(url: string, { patience = 30_000, say = () => {} }: Options = {}): Promise<void> {
  await untilAnswering(url, patience, say)
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    // Held by the session, so that it ends with a server that dies.
    await sql`select pg_advisory_lock(${LOCK})`
    await refuseNewer(sql)
    await runMigrations(drizzle(sql), { migrationsFolder })
  } catch (error) {
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error
    if (!(reason instanceof postgres.PostgresError)) throw error
    throw new Error(`The database could not be brought up to date: PostgreSQL says "${reason.message}".`, {
      cause: error,
    })
  } finally {
    await sql.end({ timeout: 5 })
  }
}
