import { sql } from 'drizzle-orm'
import type { Queryable } from '#db/client'
import { rowsOfTokens, type UsageHome } from '#db/queries/usage-places'

export type CallerRow = {
  readonly address: string
  readonly userAgent: string | null
  readonly count: number
  readonly refused: number
  readonly lastHour: Date
  /** Of all callers, those left out too. */
  readonly callers: number
  readonly total: number
}

/** From where these tokens came since then, those who came most first, at most so many. Leans on usage_addresses_key. */
export async function listCallerRows(
  db: Queryable,
  { limit, ...of }: { home: UsageHome; tokenIds: readonly string[]; since: Date; limit: number },
): Promise<CallerRow[]> {
  const rows = await db.execute<{
    [Column in keyof CallerRow]: CallerRow[Column] extends Date ? string : CallerRow[Column]
  }>(sql`
    select value as address, (array_agg(user_agent order by hour desc) filter (where user_agent is not null))[1] as "userAgent",
      sum(active + refused)::float8 as count, sum(refused)::float8 as refused, max(hour) as "lastHour",
      count(*) over ()::int as callers, (sum(sum(active + refused)) over ())::float8 as total
    from (${rowsOfTokens('usage_addresses', of)}) came
    group by value order by value = 'other', count desc, value limit ${limit}`)
  return rows.map((row) => ({ ...row, lastHour: new Date(row.lastHour) }))
}
