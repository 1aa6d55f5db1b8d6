import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedDatabase } from '#db/embedded/start'
import { createDatabase, withDatabase } from '#db/testing/databases'

/** A PostgreSQL of its own in a folder of its own, until the end of `resources`; `database` makes one in it. */
export async function startDatabase(resources: AsyncDisposableStack) {
  const folder = await mkdtemp(join(tmpdir(), 'tokenry-bench-'))
  resources.defer(() => rm(folder, { recursive: true, force: true }))
  const embedded = await startEmbeddedDatabase({ dataDir: join(folder, 'data'), say: () => {} })
  resources.defer(() => rm(embedded.dataPath, { recursive: true, force: true }))
  resources.defer(() => embedded.stop())
  const database = async (name: string) => {
    await createDatabase(embedded.url, name)
    return withDatabase(embedded.url, name)
  }
  return { folder, database }
}
