import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedDatabase } from '#db/embedded/start'
import { createDatabase, withDatabase } from '#db/testing/databases'
import { startServer } from './start-server'

/** The real server, as built, on a real PostgreSQL of this run's own with the sample data in it. */
export default async function setup() {
  const dataDir = await mkdtemp(join(tmpdir(), 'tokenry e2e '))
  const database = await startEmbeddedDatabase({ dataDir, say: () => {} })
  const databaseUrl = withDatabase(database.url, 'desk')
  await createDatabase(database.url, 'desk')
  const server = await startServer({ name: 'server', databaseUrl, demo: true })
  process.env['E2E_DATABASE_URL'] = databaseUrl
  process.env['E2E_BASE_URL'] = server.url
  return async () => {
    await server.stop()
    await database.stop()
    await rm(dataDir, { recursive: true, force: true })
    await rm(database.dataPath, { recursive: true, force: true })
  }
}
