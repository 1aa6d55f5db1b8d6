import { join } from 'node:path'
import { findFolder } from '#db/embedded/folder'
import { startEmbeddedDatabase } from '#db/embedded/start'
import { untilAnswering } from '#db/until-answering'
import { parseEnv } from '#lib/env'

export type OpenDatabase = { readonly url: string; readonly isEmbedded: boolean; stop(): Promise<void> }

/**
 * The database that a server with the same environment uses: the one at DATABASE_URL, else the embedded one, joined
 * where a server runs it and started where none does; with `demo` the one of the sample data. Unless `make` is set, an
 * embedded database that is not there yet is not made. Throws an Error with one sentence.
 */
export async function openDatabase(options: { readonly demo: boolean; readonly make: boolean }): Promise<OpenDatabase> {
  const parsed = parseEnv(process.env, { signsIn: false })
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  const { databaseUrl, dataDir: folder } = parsed.env
  if (databaseUrl !== undefined) {
    await untilAnswering(databaseUrl, 10_000, console.log)
    return { url: databaseUrl, isEmbedded: false, stop: async () => {} }
  }
  const dataDir = options.demo ? join(folder, 'demo') : folder
  if (!options.make && !(await findFolder(dataDir)))
    throw new Error(`There is no database in ${dataDir}: set DATA_DIR or DATABASE_URL as for the server.`)
  const { url, stop } = await startEmbeddedDatabase({ dataDir, say: console.log })
  // It would change the name of the socket that the URL leads to.
  delete process.env['PGPORT']
  return { url, isEmbedded: true, stop }
}
