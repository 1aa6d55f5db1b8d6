import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { startEmbeddedDatabase } from '#db/embedded/start'
import { createDatabase, spareServer, withDatabase } from '#db/testing/databases'
import { DEMO_PASSWORD } from './organization'
import { quickHash } from './quick-hash'
import { startServer } from './start-server'
import { beginTraffic } from './traffic'

/** The real server, as built, on a real PostgreSQL of this run's own with the sample data in it. */
export default async function setup() {
  beginTraffic()
  await using resources = new AsyncDisposableStack()
  const remove = (folder: string) => resources.defer(() => rm(folder, { recursive: true, force: true }))
  const dataDir = await mkdtemp(join(tmpdir(), 'tokenry e2e '))
  remove(dataDir)
  const database = await startEmbeddedDatabase({ dataDir, say: () => {} })
  remove(database.dataPath)
  resources.defer(() => database.stop())
  await spareServer(database.url)
  const databaseUrl = withDatabase(database.url, 'desk')
  await createDatabase(database.url, 'desk')
  const server = await startServer({ name: 'server', database: { url: databaseUrl }, demo: true })
  resources.defer(() => server.stop())
  await hashQuickly(databaseUrl)
  process.env['E2E_DATABASE_URL'] = databaseUrl
  process.env['E2E_DATABASE_LOG'] = join(database.dataPath, 'postgresql.log')
  process.env['E2E_BASE_URL'] = server.url
  // What was opened stays open until the run is over; only a set-up that fails closes it here.
  const open = resources.move()
  return () => open.disposeAsync()
}

/** Lets the sample accounts sign in as quickly as those that tests make. */
async function hashQuickly(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 })
  await sql`update users set password_hash = ${await quickHash(DEMO_PASSWORD)} where password_hash is not null`
  await sql.end()
}
