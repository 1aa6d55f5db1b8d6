import { setTimeout as sleep } from 'node:timers/promises'
import postgres, { type Sql } from 'postgres'

/** PostgreSQL 15: the first whose unique indexes can treat nulls as equal. */
const OLDEST = 150_000

/** Starting or ending, or too busy; and class 08, connections that break. */
const passes = ({ code }: postgres.PostgresError) => ['57P01', '57P03', '53300'].includes(code) || code.startsWith('08')

type Server = { readonly version: number; readonly encoding: string }

/** Why Tokenry can't use a database of that server, in one sentence; null where it can. `version` as `server_version_num`. */
export function unfitFor({ version, encoding }: Server): string | null {
  if (version < OLDEST) return 'Tokenry needs PostgreSQL 15 or later: point DATABASE_URL at one.'
  return encoding === 'UTF8' ? null : `Tokenry needs a database in UTF8, and this one is in ${encoding}.`
}

async function ask(sql: Sql): Promise<Server> {
  const [row] = await sql`select current_setting('server_version_num')::int as version,
    current_setting('server_encoding') as encoding`
  return { version: Number(row?.['version']), encoding: String(row?.['encoding']) }
}

/**
 * Waits up to `patience` milliseconds until the database at a DATABASE_URL takes connections. Throws an Error with one
 * sentence if it stays silent or, at once, if it refuses us or Tokenry cannot use it. Waiting is told through `say`.
 */
export async function untilAnswering(url: string, patience: number, say: (line: string) => void): Promise<void> {
  let hasSaid = false
  const deadline = Date.now() + patience
  const place = URL.parse(url)?.host || 'DATABASE_URL'
  for (;;) {
    const sql = postgres(url, { max: 1, connect_timeout: 5, fetch_types: false, onnotice: () => {} })
    try {
      const unfit = unfitFor(await ask(sql))
      if (unfit !== null) throw new Error(unfit)
      return
    } catch (error) {
      if (error instanceof postgres.PostgresError && !passes(error)) {
        throw new Error(`The database refuses Tokenry (${error.message}): check DATABASE_URL.`, { cause: error })
      }
      // What is not a refusal of ours has a code: ECONNREFUSED, CONNECT_TIMEOUT and their like.
      if (!(error instanceof Error && 'code' in error)) throw error
      if (Date.now() > deadline) {
        const reason = error instanceof postgres.PostgresError ? error.message : String(error.code)
        throw new Error(`No database answers at ${place} (${reason}): start it, or check DATABASE_URL.`, {
          cause: error,
        })
      }
    } finally {
      await sql.end({ timeout: 1 })
    }
    if (!hasSaid) say(`Waiting for the database at ${place}.`)
    hasSaid = true
    await sleep(500)
  }
}
