import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { TRAFFIC } from './traffic'

/** Where the rows of the run's databases are, a folder for each, a file for each table. */
export const ROWS = join(TRAFFIC, 'rows')

/** Writes every row of every table of a database into files: bytes as `\x` and hexadecimal digits. */
export async function dumpRows(url: string, name: string): Promise<void> {
  const folder = join(ROWS, name)
  await mkdir(folder, { recursive: true })
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`
    for (const table of tables) {
      // As text, like COPY, whose stream leaves the connection hanging when the last piece fills it.
      const rows = await sql.unsafe<{ row: string }[]>(`select each::text as row from ${table.name} each`)
      await writeFile(join(folder, table.name), rows.map(({ row }) => `${row}\n`).join(''))
    }
  } finally {
    await sql.end()
  }
}
