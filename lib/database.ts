import { type Database, openDatabase } from '#db/client'
import { env } from '#lib/env'

// The framework may load this module more than once in a process; there is to be one pool all the same.
const holder = globalThis as typeof globalThis & { tokenryDatabase?: Database }

/** The desk's pool, opened at its first use. */
export function database(): Database {
  const url = env().databaseUrl
  if (url === undefined) throw new Error('DATABASE_URL is set by the server before the desk starts')
  holder.tokenryDatabase ??= openDatabase(url)
  return holder.tokenryDatabase
}
