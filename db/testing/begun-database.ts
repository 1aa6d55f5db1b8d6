import { readRows } from '#db/testing/empty-again'
import { type DatabaseOptions, testDatabase } from '#db/testing/test-database'

type Opened = Awaited<ReturnType<typeof testDatabase>>

/**
 * Databases as `testDatabase` gives them, each with what `make` makes in one, and what it returns. Only the first of a
 * process is made so: its rows are put into the others, in far less time. `make` must depend on nothing but the database.
 */
export function begunDatabases<Made extends object>(make: (opened: Opened) => Promise<Made>) {
  let first: { readonly made: Made; readonly rows: string } | undefined
  return async (options: DatabaseOptions = {}): Promise<Opened & Made> => {
    const opened = await testDatabase({ ...options, ...(first && { rows: first.rows }) })
    first ??= { made: await make(opened), rows: await readRows(opened.sql) }
    return { ...opened, ...first.made }
  }
}
