import postgres, { type Sql } from 'postgres'
import { appliedMigrations, applyMigrations, knownMigrations, MIGRATION_LOCK } from '#db/apply-migrations'
import { untilAnswering } from '#db/until-answering'

/** Refuses a database that a later version has changed: nobody knows what this one would break there. */
export async function refuseNewer(sql: Sql): Promise<void> {
  const last = (await appliedMigrations(sql)).at(-1)?.createdAt ?? 0
  if (last > Math.max(...knownMigrations().map(({ createdAt }) => createdAt))) {
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
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`
    await refuseNewer(sql)
    await sql.begin((tx) => applyMigrations(tx))
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) throw error
    throw new Error(`The database could not be brought up to date: PostgreSQL says "${error.message}".`, {
      cause: error,
    })
  } finally {
    await sql.end({ timeout: 5 })
  }
}
