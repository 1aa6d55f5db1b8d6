import { onTestFinished } from 'vitest'
import { testDatabase } from '#db/testing/test-database'
import { openVerificationDatabase } from '#db/verification-client'
import type { Use } from '#lib/verification/usage-recorder'

export const NOON = Date.parse('2026-11-01T12:00:00Z')
export const ORGANIZATION = '00000000-0000-4000-8000-000000000001'
export const TABLES = ['usage_endpoints', 'usage_resources', 'usage_addresses', 'usage_user_agents'] as const
/** It writes nothing before it is closed. */
export const NEVER = { lastUsesEveryMs: 1e8, hoursEveryMs: 1e8 }

/** An active use at noon of a token of that organization, which tells nothing else of itself. */
export const use = (more: Partial<Use> = {}): Use => ({
  ...{ tokenId: 'a'.repeat(16), organizationId: ORGANIZATION, outcome: 'active', at: NOON },
  ...{ endpoint: null, resource: null, ip: null, userAgent: null, opened: null },
  ...more,
})

/** A database of the test's own to record uses in, which can fail before it is asked, or after it has done as asked. */
export async function openLedger() {
  const { sql, url } = await testDatabase()
  const database = openVerificationDatabase(url, { connections: 1 })
  onTestFinished(() => database.close())
  let failing: 'no' | 'before' | 'after' = 'no'
  const ledger: Pick<typeof database, 'ask'> = {
    async ask(query) {
      if (failing === 'before') throw new Error('unreachable')
      const answer = await database.ask(query)
      if (failing === 'after') throw new Error('the answer is lost')
      return answer
    },
  }
  const rows = async (table: (typeof TABLES)[number]) =>
    sql<{ value: string; active: number; refused: number; user_agent?: string | null }[]>`
      select * from ${sql(table)} order by token_id, hour, value`
  const total = async () => Number((await sql`select coalesce(sum(count), 0) as total from usage_hours`)[0]?.['total'])
  return { sql, url, ledger, rows, total, fail: (when: typeof failing) => (failing = when) }
}
