import { randomUUID } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import { inject, onTestFinished } from 'vitest'
import { openDatabase } from '#db/client'
import { createDatabase, dropDatabase, withDatabase } from '#db/testing/databases'
import { emptyAgain, openEmptier } from '#db/testing/empty-again'

/** How a test's database is opened. */
export type DatabaseOptions = {
  readonly connections?: number
  /** Takes what is to be done when it is no longer needed; absent: when the test is over. */
  readonly onEnd?: (end: () => Promise<void>) => void
  /** Whether it must not be one that was emptied after another test, which has grown. */
  readonly isNew?: boolean
}

/** Databases of tests that are over, each as if it were new: making one takes longer than most tests. */
const free: { readonly name: string; readonly emptier: Sql }[] = []

/**
 * A migrated database of this test's own, with what `rows` (of readRows) puts into it, from which nothing is left when
 * the test is over; `sql` looks at it and changes it past all rules of ours.
 */
export async function testDatabase(options: DatabaseOptions & { readonly rows?: string } = {}) {
  const { onEnd = onTestFinished } = options
  const templateUrl = inject('templateUrl')
  const admin = withDatabase(templateUrl, 'postgres')
  const taken = options.isNew ? undefined : free.pop()
  const name = taken?.name ?? (await newDatabase(admin))
  const url = withDatabase(templateUrl, name)
  const emptier = taken?.emptier ?? openEmptier(url)
  if (options.rows !== undefined) await emptier.unsafe(options.rows)
  const db = openDatabase(url, options)
  const sql = postgres(url, { max: 4, onnotice: () => {} })
  onEnd(async () => {
    await db.close()
    await sql.end()
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
