import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { inject, onTestFinished } from 'vitest'
import { openDatabase } from '#db/client'
import { createDatabase, dropDatabase, withDatabase } from '#db/testing/databases'
import { loadRelease } from '#db/testing/load-release'

/** An empty database of this test's own, dropped when the test is over. */
export async function emptyDatabase(): Promise<string> {
  const admin = withDatabase(inject('templateUrl'), 'postgres')
  const name = `empty_${randomUUID().replaceAll('-', '')}`
  await createDatabase(admin, name)
  onTestFinished(() => dropDatabase(admin, name))
  return withDatabase(admin, name)
}

/** A database of this test's own as that release left it; `sql` looks at it past all rules. */
export async function releaseDatabase(release: string) {
  const url = await emptyDatabase()
  const facts = await loadRelease(url, release)
  const db = openDatabase(url)
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  onTestFinished(async () => {
    await db.close()
    await sql.end()
  })
  return { url, db, sql, ...facts }
}
