import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { inject, onTestFinished } from 'vitest'
import { openDatabase } from '#db/client'
import { createDatabase, dropDatabase, withDatabase } from '#db/testing/databases'

/** A migrated database of this test's own, dropped when the test is over; `sql` looks at it and changes it past all rules of ours. */
export async function testDatabase(options: { readonly connections?: number } = {}) {
  const templateUrl = inject('templateUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const admin = withDatabase(templateUrl, 'postgres')
  await createDatabase(admin, name, 'template')
  const url = withDatabase(templateUrl, name)
  const db = openDatabase(url, options)
  const sql = postgres(url, { max: 4, onnotice: () => {} })
  onTestFinished(async () => {
    await db.close()
    await sql.end()
    await dropDatabase(admin, name)
  })
  return { url, db, sql }
}
