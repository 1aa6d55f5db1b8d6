import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedDatabase } from '#db/embedded/start'
import { migrate } from '#db/migrate'
import { createDatabase, spareServer, withDatabase } from '#db/testing/databases'
import { type Origin, readOrigin } from '#db/testing/empty-again'

declare module 'vitest' {
  export interface ProvidedContext {
    templateUrl: string
    origin: Origin
  }
}

/** One real PostgreSQL for the whole run, with a migrated template that the tests' own databases are copies of. */
export default async function setup(project: TestProject) {
  const dataDir = await mkdtemp(join(tmpdir(), 'tokenry test '))
  const database = await startEmbeddedDatabase({ dataDir, say: () => {} })
  await spareServer(database.url)
  const templateUrl = withDatabase(database.url, 'template')
  await createDatabase(database.url, 'template')
  await migrate(templateUrl)
  project.provide('templateUrl', templateUrl)
  project.provide('origin', await readOrigin(templateUrl))
  return async () => {
    await database.stop()
    await rm(dataDir, { recursive: true, force: true })
    await rm(database.dataPath, { recursive: true, force: true })
  }
}
