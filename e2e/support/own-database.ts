import { randomBytes } from 'node:crypto'
import { createDatabase, dropDatabase, withDatabase } from '#db/testing/databases'
import { dumpRows } from './dump-rows'
import { ofThisRun } from './run'

/** An empty database of a test's own. What it holds in the end is kept for the search after the run, and it is dropped. */
export async function makeDatabase(resources: AsyncDisposableStack, purpose: string) {
  const admin = ofThisRun('E2E_DATABASE_URL')
  const name = `${purpose}_${randomBytes(6).toString('hex')}`
  const url = withDatabase(admin, name)
  await createDatabase(admin, name)
  let isThere = true
  const drop = async () => {
    if (!isThere) return
    isThere = false
    await dumpRows(url, name)
    await dropDatabase(admin, name)
  }
  resources.defer(drop)
  return { url, drop }
}
