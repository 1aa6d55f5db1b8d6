import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { inject, onTestFinished } from 'vitest'
import { z } from 'zod'
import { openDatabase } from '#db/client'
import { createDatabase, dropDatabase, withDatabase } from '#db/testing/databases'

const Facts = z.object({
  /** When the sample data was made: what is near it in time should stay so. */
  madeAt: z.coerce.date(),
  /** The key that the token Gateway of the platform is being revealed with. */
  revealKey: z.string(),
  /** A sign-in of owner@demo.example. */
  sessionId: z.string(),
  /** The secrets of two tokens, by their names. They are good for nothing but tests. */
  secrets: z.object({ Gateway: z.string(), Known: z.string() }),
})

/** An empty database of this test's own, dropped when the test is over. */
export async function emptyDatabase(): Promise<string> {
  const admin = withDatabase(inject('templateUrl'), 'postgres')
  const name = `empty_${randomUUID().replaceAll('-', '')}`
  await createDatabase(admin, name)
  onTestFinished(() => dropDatabase(admin, name))
  return withDatabase(admin, name)
}

/** A database as that release left it, schema and all, which make-release.ts made; `sql` looks at it past all rules. */
export async function releaseDatabase(release: string) {
  const url = await emptyDatabase()
  const text = await readFile(join(import.meta.dirname, `releases/${release}.sql`), 'utf8')
  const loading = postgres(url, { max: 1, onnotice: () => {} })
  await loading.unsafe(text).finally(() => loading.end())
  const db = openDatabase(url)
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  onTestFinished(async () => {
    await db.close()
    await sql.end()
  })
  return { url, db, sql, ...Facts.parse(JSON.parse(text.slice('-- '.length, text.indexOf('\n')))) }
}
