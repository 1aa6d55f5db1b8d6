import postgres from 'postgres'
import { type Database, withDrizzle } from '#db/client'

/** How many questions something asks of the database; one that it has prepared already is a question too. */
export async function countQueries(url: string, what: (db: Database) => Promise<unknown>): Promise<number> {
  let asked = 0
  const client = postgres(url, { max: 1, onnotice: () => {}, debug: () => void asked++ })
  try {
    const db = withDrizzle(client)
    await what(db)
    return asked
  } finally {
    await client.end()
  }
}
