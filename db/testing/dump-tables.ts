import postgres from 'postgres'
import { copyOut } from '#db/backup/copy'

/**
 * Hands every table of a database, of whatever schema, to `write` by its name, with the bytes of all its rows as COPY
 * writes them: generated columns too, bytes as `\\x` and hexadecimal digits. `write` reads them to their end.
 */
export async function dumpTables(
  url: string,
  write: (name: string, rows: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`
    for (const { name } of tables) await write(name, copyOut(sql.unsafe(`copy (table ${name}) to stdout`)))
  } finally {
    await sql.end({ timeout: 5 })
  }
}
