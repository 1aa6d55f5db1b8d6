import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Database } from '#db/client'

type Statement = { readonly text: string; readonly values: readonly unknown[] }

/** Takes down the statements that something asks of a database, and asks them again without anything around them. */
export function openReplay(databaseUrl: string) {
  const client = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  let taken: Statement[] = []
  const logger = { logQuery: (text: string, values: unknown[]) => void taken.push({ text, values }) }
  const db: Database = drizzle(client, { casing: 'snake_case', logger })
  const ask = ({ text, values }: Statement, before = '') =>
    client.unsafe<Record<string, string>[]>(before + text, values as postgres.ParameterOrJSON<never>[], {
      prepare: false,
    })
  return {
    db,
    /** The statements that it takes, in the order in which they were sent. */
    async take(what: () => Promise<unknown>): Promise<Statement[]> {
      taken = []
      await what()
      return taken
    },
    /** Asks them one after another. */
    async ask(statements: readonly Statement[]): Promise<void> {
      for (const each of statements) await ask(each)
    },
    /** What PostgreSQL does for one. */
    explain: async (statement: Statement): Promise<string> =>
      (await ask(statement, 'explain (analyze, buffers) ')).map((row) => Object.values(row)[0]).join('\n'),
    close: () => client.end(),
  }
}
