import { sql } from 'drizzle-orm'
import type { Queryable } from '#db/client'
import {
  came,
  cameOfToken,
  instant,
  type UsageCount,
  type UsageGrouping,
  type UsageOf,
  type UsageOfToken,
} from '#db/queries/usage-came'

export type UsageSlice = (
  | (UsageOf & { readonly groupBy: UsageGrouping })
  | (UsageOfToken & { readonly groupBy: null })
) & {
  /** Where the days begin that hours are summed to, in order, the first not after `from`; null: hours stay by themselves. */
  readonly days: readonly Date[] | null
  /** The row that was the last one before; null: none was. */
  readonly after: { readonly start: Date; readonly group: string | null } | null
}

export type UsageSliceRow = UsageCount & { readonly start: Date; readonly group: string | null }

/**
 * At most so many rows of a slice, in the order of their starts and groups, which by bytes; keyset paging: what is counted
 * meanwhile may change rows, and shifts none. An hour counts to the day in which it begins. What nothing but the outcome
 * is asked of leans on usage_days' primary key; all else on the first columns of the unique key of usage_hours, or of the
 * values' table.
 */
export async function selectUsage(db: Queryable, slice: UsageSlice, limit: number): Promise<UsageSliceRow[]> {
  const { days, after } = slice
  const starts = days && sql`${`{${days.map((day) => day.toISOString()).join(',')}}`}::timestamptz[]`
  // The calendar of the caller decides alone: servers know time zones by other names, or do not know them.
  const start = starts === null ? sql`hour` : sql`(${starts})[width_bucket(hour, ${starts})]`
  const rows = await db.execute<UsageCount & { start: string; group: string | null }>(sql`
    select * from (
      select ${start} as start, "group", sum(active + refused)::float8 as requests,
        sum(active)::float8 as active, sum(refused)::float8 as refused
      from (${rowsOf(slice)}) came group by 1, 2) counted
    ${after === null ? sql`` : sql`where (start, coalesce("group", '')) > (${instant(after.start)}, ${after.group ?? ''})`}
    order by start, "group" limit ${limit}`)
  return rows.map((row) => ({ ...row, start: new Date(row.start) }))
}

const rowsOf = (of: UsageSlice) => ('tokenId' in of ? cameOfToken(of, of.groupBy) : came(of, of.groupBy))

/** How much came in a period, by what was said. Leans on usage_days' primary key; for one token, on usage_hours_key. */
export async function sumUsage(
  db: Queryable,
  of: UsageOf | UsageOfToken,
): Promise<{ outcome: string; count: number }[]> {
  return db.execute<{ outcome: string; count: number }>(sql`
    select "group" as outcome, sum(active + refused)::float8 as count
    from (${'tokenId' in of ? cameOfToken(of, 'outcome') : came(of, 'outcome')}) came group by 1 order by 2 desc, 1`)
}

/**
 * What came in a period by weekday, Monday is 1, and hour of the day, by clocks that are so far ahead of UTC from each
 * instant on, the first not after `from`. Leans on usage_days' primary key.
 */
export async function sumByWeekday(
  db: Queryable,
  of: UsageOf,
  clocks: readonly { readonly since: Date; readonly aheadMs: number }[],
): Promise<{ weekday: number; hour: number; active: number; refused: number }[]> {
  const since = sql`${`{${clocks.map((each) => each.since.toISOString()).join(',')}}`}::timestamptz[]`
  const ahead = sql`${`{${clocks.map(({ aheadMs }) => aheadMs / 1000).join(',')}}`}::float8[]`
  return db.execute<{ weekday: number; hour: number; active: number; refused: number }>(sql`
    select extract(isodow from local)::int as weekday, extract(hour from local)::int as hour,
      sum(active)::float8 as active, sum(refused)::float8 as refused
    from (select hour at time zone 'UTC' + make_interval(secs => (${ahead})[width_bucket(hour, ${since})]) as local, active, refused
      from (${came(of, null)}) came) came
    group by 1, 2`)
}

export type UsedTokenRow = { readonly id: string; readonly name: string; readonly deleted: boolean }

/** What an organization's tokens of these ids are called, the deleted ones too; others are left out. Leans on tokens_pkey. */
export const listUsedTokenNames = (db: Queryable, organizationId: string, ids: readonly string[]) =>
  db.execute<UsedTokenRow>(sql`
    select id, name, deleted_at is not null as deleted from tokens
    where id = any(${sql.param([...ids])}::text[]) and organization_id = ${organizationId}`)

/** How many of its tokens are active now, and how many of those came in the period. Leans on tokens_by_state and usage_hours_key. */
export async function countTokensInUse(
  db: Queryable,
  { organizationId, from, to }: UsageOf,
  now: Date,
): Promise<{ active: number; used: number }> {
  const [row] = await db.execute<{ active: number; used: number }>(sql`
    select count(*)::int as active, (count(*) filter (where exists (select from usage_hours h
      where h.organization_id = ${organizationId} and h.token_id = t.id
        and h.hour >= ${instant(from)} and h.hour < ${instant(to)})))::int as used
    from tokens t where t.organization_id = ${organizationId} and t.deleted_at is null and t.revoked_at is null
      and (t.expires_at is null or t.expires_at > ${instant(now)})`)
  return row ?? { active: 0, used: 0 }
}
