import { randomUUID } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import { inject, onTestFinished } from 'vitest'
import { openDatabase } from '#db/client'
import { createDatabase, dropDatabase, withDatabase } from '#db/testing/databases'
import { emptyAgain, openEmptier } from '#db/testing/empty-again'

/** Databases of tests that are over, each as if it were new: making one takes longer than most tests. */
const free: { readonly name: string; readonly emptier: Sql }[] = []

/**
 * A migrated database of this test's own, from which nothing is left when the test is over; `sql` looks at it and
 * changes it past all rules of ours.
 */
export async function testDatabase(options: { readonly connections?: number } = {}) {
  const templateUrl = inject('templateUrl')
  const admin = withDatabase(templateUrl, 'postgres')
  const taken = free.pop()
  const name = taken?.name ?? (await newDatabase(admin))
  const url = withDatabase(templateUrl, name)
  const db = openDatabase(url, options)
  const sql = postgres(url, { max: 4, onnotice: () => {} })
  onTestFinished(async () => {
    await db.close()
    await sql.end()
    const emptier = taken?.emptier ?? openEmptier(url)
    if (await emptyAgain(emptier, inject('origin'))) {
      free.push({ name, emptier })
      return
    }
    await emptier.end()
    await dropDatabase(admin, name)
  })
  return { url, db, sql }
}

async function newDatabase(admin: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await createDatabase(admin, name, 'template')
  return name
}
