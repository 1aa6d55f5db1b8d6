import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dumpTables } from '#db/testing/dump-tables'
import { TRAFFIC } from './traffic'

/** Where the rows of the run's databases are, a folder for each, a file for each table. */
export const ROWS = join(TRAFFIC, 'rows')

/** Writes every row of every table of a database into files, as COPY writes them. */
export async function dumpRows(url: string, name: string): Promise<void> {
  const folder = join(ROWS, name)
  await mkdir(folder, { recursive: true })
  await dumpTables(url, (table, rows) => writeFile(join(folder, table), rows))
}
