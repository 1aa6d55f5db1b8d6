import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client'

export type UsageOf = { readonly organizationId: string; readonly from: Date; readonly to: Date }
export type UsageGrouping = 'token' | 'outcome' | keyof typeof VALUES | null

export type UsageSlice = UsageOf & {
  readonly groupBy: UsageGrouping
  /** Where the days begin that hours are summed to, in order, the first not after `from`; null: hours stay by themselves. */
  readonly days: readonly Date[] | null
  /** Whether those are days in UTC. */
  readonly utc: boolean
  /** The row that was the last one before; null: none was. */
  readonly after: { readonly start: Date; readonly group: string | null } | null
}

export type UsageCount = { readonly requests: number; readonly active: number; readonly refused: number }
export type UsageSliceRow = UsageCount & { readonly start: Date; readonly group: string | null }

const VALUES = {
  endpoint: 'usage_endpoints',
  resource: 'usage_resources',
  ip: 'usage_addresses',
  userAgent: 'usage_user_agents',
} as const

/**
 * At most so many rows of a slice, in the order of their starts and groups, which by bytes; keyset paging: what is counted
 * meanwhile may change rows, and shifts none. An hour counts to the day in which it begins. Days in UTC that nothing but the outcome
 * is asked of are read whole by usage_days' primary key; all else leans on the first columns of the unique key of
 * usage_hours, or of the values' table.
 */
export async function selectUsage(db: Queryable, slice: UsageSlice, limit: number): Promise<UsageSliceRow[]> {
  const { organizationId, groupBy, days, utc, after } = slice
  const bounds = { organizationId, groupBy, from: instant(slice.from), to: instant(slice.to) }
  const byDays = days !== null && utc && (groupBy === null || groupBy === 'outcome')
  const came = byDays ? cameByDays(bounds) : cameByHours(bounds)
  const starts = days && sql`${`{${days.map((day) => day.toISOString()).join(',')}}`}::timestamptz[]`
  // The calendar of the caller decides alone: servers know time zones by other names, or do not know them.
  const start = starts === null ? sql`hour` : sql`(${starts})[width_bucket(hour, ${starts})]`
  const rows = await db.execute<UsageCount & { start: string; group: string | null }>(sql`
    select * from (
      select ${start} as start, "group", ${COUNTS} from (${came}) came group by 1, 2) counted
    ${after === null ? sql`` : sql`where (start, coalesce("group", '')) > (${instant(after.start)}, ${after.group ?? ''})`}
    order by start, "group" limit ${limit}`)
  return rows.map((row) => ({ ...row, start: new Date(row.start) }))
}

/** How much came in a period, by what was said. Whole days by usage_days' primary key, the hours at its ends by usage_hours_key. */
export async function sumUsage(db: Queryable, of: UsageOf): Promise<{ outcome: string; count: number }[]> {
  const bounds = { organizationId: of.organizationId, from: instant(of.from), to: instant(of.to) }
  return db.execute<{ outcome: string; count: number }>(sql`
    select "group" as outcome, sum(active + refused)::float8 as count
    from (${cameByDays({ ...bounds, groupBy: 'outcome' })}) came group by 1 order by 2 desc, 1`)
}

/**
 * The groups of a period that came most, at most so many, and in each row how many there are and what came of all.
 * Leans on the first columns of the unique key of usage_hours, or of the values' table.
 */
export async function rankUsage(
  db: Queryable,
  { organizationId, from, to, groupBy }: UsageOf & { readonly groupBy: Exclude<UsageGrouping, null> },
  limit: number,
): Promise<(UsageCount & { group: string; groups: number; allRequests: number; allRefused: number })[]> {
  return db.execute(sql`
    select "group", ${COUNTS}, count(*) over ()::int as groups,
      (sum(sum(active + refused)) over ())::float8 as "allRequests", (sum(sum(refused)) over ())::float8 as "allRefused"
    from (${cameByHours({ organizationId, groupBy, from: instant(from), to: instant(to) })}) came
    group by 1 order by requests desc, 1 limit ${limit}`)
}

const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`

const COUNTS = sql`sum(active + refused)::float8 as requests, sum(active)::float8 as active, sum(refused)::float8 as refused`

type Came = { organizationId: string; groupBy: UsageGrouping; from: SQL; to: SQL }

/** What came, as `hour`, `group`, `active` and `refused`, from one instant on until before another. */
function cameByHours({ organizationId, groupBy, from, to }: Came): SQL {
  const within = sql`organization_id = ${organizationId} and hour >= ${from} and hour < ${to}`
  if (groupBy !== null && groupBy in VALUES && groupBy !== 'token' && groupBy !== 'outcome')
    return sql`select hour, value collate "C" as "group", active, refused
      from ${sql.identifier(VALUES[groupBy])} where ${within}`
  if (groupBy !== 'token') return outcomes(groupBy, sql`hour`, sql`usage_hours where ${within}`)
  // What others' tokens are called and how each came is not this organization's to see.
  return sql`select hour, case when t.organization_id = ${organizationId} then t.id
      when t.user_id is not null then 'personal' else 'above' end collate "C" as "group", active, refused
    from (select token_id, hour, ${activeOf}, ${refusedOf} from usage_hours where ${within} group by 1, 2) h
    join tokens t on t.id = h.token_id`
}

/** The same of outcomes from whole days in UTC, and from the hours of those at both ends that are not whole. */
function cameByDays({ organizationId, groupBy, from, to }: Came): SQL {
  const begin = sql`(date_trunc('day', ${from} + interval '1 day' - interval '1 microsecond', 'UTC'))`
  const end = sql`greatest(${begin}, date_trunc('day', ${to}, 'UTC'))`
  const utc = sql`at time zone 'UTC'`
  const hours = (since: SQL, until: SQL) =>
    outcomes(
      groupBy,
      sql`hour`,
      sql`usage_hours where organization_id = ${organizationId} and hour >= ${since} and hour < ${until}`,
    )
  return sql`${outcomes(
    groupBy,
    sql`day::timestamp ${utc}`,
    sql`usage_days where organization_id = ${organizationId}
      and day >= (${begin} ${utc})::date and day < (${end} ${utc})::date`,
  )}
    union all ${hours(from, sql`least(${begin}, ${to})`)}
    union all ${hours(end, to)}`
}

const outcomes = (groupBy: UsageGrouping, at: SQL, rows: SQL): SQL =>
  sql`select ${at} as hour, ${groupBy === null ? sql`null` : sql`outcome::text collate "C"`} as "group",
    case when outcome = 'active' then count else 0 end as active,
    case when outcome = 'active' then 0 else count end as refused from ${rows}`

const activeOf = sql`coalesce(sum(count) filter (where outcome = 'active'), 0) as active`
const refusedOf = sql`coalesce(sum(count) filter (where outcome <> 'active'), 0) as refused`

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
