import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client'
import type { outcome } from '#db/schema/usage'

/** Where tokens live: an organization, or a person. */
export type UsageHome = { readonly organizationId: string } | { readonly userId: string }

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

/**
 * From where these tokens came since then, those who came most first, at most so many; tokens that live elsewhere tell
 * nothing. Their own organization and those below it are looked at, for a person's the organizations that they are a
 * member of: one look-up each (`offset 0`), where a join might read the index through. Leans on usage_addresses_key,
 * organizations_path and memberships' primary key.
 */
export async function listCallerRows(
  db: Queryable,
  { home, tokenIds, since, limit }: { home: UsageHome; tokenIds: readonly string[]; since: Date; limit: number },
): Promise<CallerRow[]> {
  const rows = await db.execute<{
    [Column in keyof CallerRow]: CallerRow[Column] extends Date ? string : CallerRow[Column]
  }>(sql`
    with ${usedTokens(home, tokenIds)}, place as materialized (${placesOf(home)}), came as (
      select a.* from token t cross join place p cross join lateral (
        select value, user_agent, hour, active, refused from usage_addresses
        where organization_id = p.id and token_id = t.id and hour >= ${since.toISOString()}::timestamptz offset 0) a
      union all
      select a.value, a.user_agent, a.hour, a.active, a.refused
      from token t join usage_addresses a
        on a.organization_id is null and a.token_id = t.id and a.hour >= ${since.toISOString()}::timestamptz
    )
    select value as address, (array_agg(user_agent order by hour desc) filter (where user_agent is not null))[1] as "userAgent",
      sum(active + refused)::float8 as count, sum(refused)::float8 as refused, max(hour) as "lastHour",
      count(*) over ()::int as callers, (sum(sum(active + refused)) over ())::float8 as total
    from came group by value order by value = 'other', count desc, value limit ${limit}`)
  return rows.map((row) => ({ ...row, lastHour: new Date(row.lastHour) }))
}

export type UsageDayRow = {
  /** The beginning of a day in UTC. */
  readonly day: Date
  readonly outcome: (typeof outcome.enumValues)[number]
  readonly count: number
}

/** How often the token came on each day in UTC since then, by what was said of it. As above, on usage_hours_key. */
export async function listUsageDays(
  db: Queryable,
  { home, tokenId, since }: { home: UsageHome; tokenId: string; since: Date },
): Promise<UsageDayRow[]> {
  const rows = await db.execute<{ day: string; outcome: UsageDayRow['outcome']; count: number }>(sql`
    with ${usedTokens(home, [tokenId])}, place as materialized (${placesOf(home)}), came as (
      select h.* from token t cross join place p cross join lateral (
        select hour, outcome, count from usage_hours
        where organization_id = p.id and token_id = t.id and hour >= ${since.toISOString()}::timestamptz offset 0) h
      union all
      select h.hour, h.outcome, h.count from token t join usage_hours h
        on h.organization_id is null and h.token_id = t.id and h.hour >= ${since.toISOString()}::timestamptz
    )
    select date_trunc('day', hour, 'UTC') as day, outcome, sum(count)::float8 as count from came group by 1, 2 order by 1, 2`)
  return rows.map((row) => ({ ...row, day: new Date(row.day) }))
}

const usedTokens = (home: UsageHome, tokenIds: readonly string[]): SQL => sql`token as materialized (
  select id from tokens where id = any(${sql.param([...tokenIds])}::text[]) and ${
    'userId' in home ? sql`user_id = ${home.userId}` : sql`organization_id = ${home.organizationId}`
  })`

const placesOf = (home: UsageHome): SQL =>
  'userId' in home
    ? sql`select organization_id as id from memberships where user_id = ${home.userId}`
    : sql`select id from organizations where path @> array[${home.organizationId}]::uuid[]`
