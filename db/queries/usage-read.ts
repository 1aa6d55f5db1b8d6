import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client'

export type UsageOf = { readonly organizationId: string; readonly from: Date; readonly to: Date }
export type UsageGrouping = 'token' | 'outcome' | keyof typeof VALUES | null

export type UsageSlice = UsageOf & {
  readonly groupBy: UsageGrouping
  /** Where the days begin that hours are summed to, in order, the first not after `from`; null: hours stay by themselves. */
  readonly days: readonly Date[] | null
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
 * meanwhile may change rows, and shifts none. An hour counts to the day in which it begins. What nothing but the outcome
 * is asked of leans on usage_days' primary key; all else on the first columns of the unique key of usage_hours, or of the
 * values' table.
 */
export async function selectUsage(db: Queryable, slice: UsageSlice, limit: number): Promise<UsageSliceRow[]> {
  const { groupBy, days, after } = slice
  const starts = days && sql`${`{${days.map((day) => day.toISOString()).join(',')}}`}::timestamptz[]`
  // The calendar of the caller decides alone: servers know time zones by other names, or do not know them.
  const start = starts === null ? sql`hour` : sql`(${starts})[width_bucket(hour, ${starts})]`
  const rows = await db.execute<UsageCount & { start: string; group: string | null }>(sql`
    select * from (
      select ${start} as start, "group", ${COUNTS} from (${came(slice, groupBy)}) came group by 1, 2) counted
    ${after === null ? sql`` : sql`where (start, coalesce("group", '')) > (${instant(after.start)}, ${after.group ?? ''})`}
    order by start, "group" limit ${limit}`)
  return rows.map((row) => ({ ...row, start: new Date(row.start) }))
}

/** How much came in a period, by what was said. Leans on usage_days' primary key. */
export async function sumUsage(db: Queryable, of: UsageOf): Promise<{ outcome: string; count: number }[]> {
  return db.execute<{ outcome: string; count: number }>(sql`
    select "group" as outcome, sum(active + refused)::float8 as count
    from (${came(of, 'outcome')}) came group by 1 order by 2 desc, 1`)
}

/**
 * The groups of a period that came most, at most so many, and in each row how many there are and what came of all.
 * Leans on the first columns of the unique key of usage_hours, or of the values' table.
 */
export async function rankUsage(
  db: Queryable,
  { groupBy, ...of }: UsageOf & { readonly groupBy: Exclude<UsageGrouping, null> },
  limit: number,
): Promise<(UsageCount & { group: string; groups: number; allRequests: number; allRefused: number })[]> {
  return db.execute(sql`
    select "group", ${COUNTS}, count(*) over ()::int as groups,
      (sum(sum(active + refused)) over ())::float8 as "allRequests", (sum(sum(refused)) over ())::float8 as "allRefused"
    from (${came(of, groupBy)}) came
    group by 1 order by requests desc, 1 limit ${limit}`)
}

const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`

const COUNTS = sql`sum(active + refused)::float8 as requests, sum(active)::float8 as active, sum(refused)::float8 as refused`

/** What came, as `hour`, `group`, `active` and `refused`, from one instant on until before another. */
function came({ organizationId, from, to }: UsageOf, groupBy: UsageGrouping): SQL {
  if (groupBy === null || groupBy === 'outcome') return cameByDays({ organizationId, from, to }, groupBy)
  const within = sql`organization_id = ${organizationId} and hour >= ${instant(from)} and hour < ${instant(to)}`
  if (groupBy !== 'token')
    return sql`select hour, value collate "C" as "group", active, refused
      from ${sql.identifier(VALUES[groupBy])} where ${within}`
  // What others' tokens are called and how each came is not this organization's to see.
  return sql`select hour, case when t.organization_id = ${organizationId} then t.id
      when t.user_id is not null then 'personal' else 'above' end collate "C" as "group", active, refused
    from (select token_id, hour, ${activeOf}, ${refusedOf} from usage_hours where ${within} group by 1, 2) h
    join tokens t on t.id = h.token_id`
}

/** The same of all tokens together, from the hours that each day keeps. */
function cameByDays({ organizationId, from, to }: UsageOf, groupBy: null | 'outcome'): SQL {
  const hour = sql`((day + make_interval(hours => nth::int - 1)) at time zone 'UTC')`
  const day = (at: Date) => sql`(${instant(at)} at time zone 'UTC')::date`
  return sql`select ${hour} as hour, ${groupBy === null ? sql`null` : sql`outcome::text collate "C"`} as "group",
      case when outcome = 'active' then h.count else 0 end as active,
      case when outcome = 'active' then 0 else h.count end as refused
    from usage_days, unnest(hours) with ordinality h (count, nth)
    where organization_id = ${organizationId} and day >= ${day(from)} and day <= ${day(to)}
      and h.count > 0 and ${hour} >= ${instant(from)} and ${hour} < ${instant(to)}`
}

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
