import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client'

const TABLES = [
  ['usage_hours', 'hour'],
  ['usage_days', 'day'],
  ['usage_groups', 'day'],
  ['usage_weeks', 'week'],
  ['usage_endpoints', 'hour'],
  ['usage_resources', 'hour'],
  ['usage_addresses', 'hour'],
  ['usage_user_agents', 'hour'],
] as const
const BEFORE = {
  hour: (at: SQL) => at,
  // A week and its days go together: each is read in place of the other.
  day: (at: SQL) => sql`date_trunc('week', ${at} at time zone 'UTC')::date`,
  week: (at: SQL) => sql`date_trunc('week', ${at} at time zone 'UTC')::date`,
}
const AT_ONCE = 5_000

/**
 * Forgets what was counted before then, of days those of whole weeks, few rows at a time, so that nothing waits for it; nobody writes such rows any
 * more. `goOn` is asked after each few. Leans on the usage tables' indexes by time.
 */
export async function deleteUsageBefore(db: Database, before: Date, goOn: () => boolean): Promise<void> {
  for (const [table, time] of TABLES) {
    let deleted = AT_ONCE
    while (deleted === AT_ONCE && goOn())
      deleted = await db.transaction(async (tx) => {
        // Few are ever as old, which the planner cannot tell from a sample of the others.
        await tx.execute(sql`set local enable_seqscan = off`)
        const { count } = await tx.execute(sql`delete from ${sql.identifier(table)} where ctid = any(array(
          select ctid from ${sql.identifier(table)} where ${sql.identifier(time)} < ${BEFORE[time](sql`${before.toISOString()}::timestamptz`)} limit ${AT_ONCE}))`)
        return count
      })
  }
}
