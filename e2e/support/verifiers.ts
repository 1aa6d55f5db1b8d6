import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { TestOrganization } from './organization'

/** A verifier as it stands in the database, whose signs of life the test gives; it goes with the test. */
export async function registerVerifier(resources: AsyncDisposableStack, { db }: TestOrganization, name: string) {
  const id = randomUUID()
  await db.execute(sql`insert into verifiers (id, name, started_at, last_seen_at)
    values (${id}, ${name}, clock_timestamp() - interval '1 hour', clock_timestamp())`)
  resources.defer(async () => void (await db.execute(sql`delete from verifiers where id = ${id}`)))
  const seen = async () => {
    await db.execute(sql`update verifiers set last_seen_at = clock_timestamp() where id = ${id}`)
  }
  return {
    seen,
    /** Gives signs of life from now on: however slowly the test goes, the verifier is there. */
    lives: () => {
      const timer = setInterval(seen, 500)
      resources.defer(async () => clearInterval(timer))
    },
    silent: () =>
      db.execute(sql`update verifiers set last_seen_at = clock_timestamp() - interval '30 s' where id = ${id}`),
    /** Waits for a token's revocation, and has the verifier acknowledge it. */
    acknowledge: async (tokenId: string) => {
      for (;;) {
        const done = await db.execute(sql`
          insert into revocation_acknowledgements
          select r.id, ${id}, ${name}, clock_timestamp() from revocations r where r.token_id = ${tokenId}
          on conflict do nothing returning 1`)
        if (done.length > 0) return
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
  }
}
