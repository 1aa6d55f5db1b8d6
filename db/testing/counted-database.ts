import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { onTestFinished } from 'vitest'

/** A database that counts the statements sent to it; closed when the test is over. */
export function countedDatabase(url: string) {
  const client = postgres(url, { max: 4, onnotice: () => {} })
  onTestFinished(() => client.end())
  let sent = 0
  const logger = { logQuery: () => void sent++ }
  const db = drizzle(client, { casing: 'snake_case', logger })
  return {
    db,
    /** How many statements something takes. */
    async count(what: () => Promise<unknown>): Promise<number> {
      const before = sent
      await what()
      return sent - before
    },
  }
}
