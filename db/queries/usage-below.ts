import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client'
import { type ListPlace, numbered, pageOf } from '#db/queries/numbered'

type Times = { readonly from: Date; readonly to: Date }

export type UsageBelowQuery = {
  readonly organizationId: string
  readonly now: Times
  /** What it is compared with; null: it is not, and no more is read. */
  readonly before: Times | null
  readonly order: { readonly by: 'name' | 'requests' | 'refused' | 'change'; readonly descending: boolean }
}

export type UsageBelowRow = {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly kind: 'reseller' | 'customer'
  readonly closed: boolean
  readonly requests: number
  readonly refused: number
  /** Requests more than before; fewer: below 0; null: there is no comparison. */
  readonly change: number | null
  readonly lastUsedAt: Date | null
  readonly position: number
  readonly total: number
}

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const WEEK_MS = 7 * DAY_MS
// The first Monday since 1970.
const MONDAY_MS = 4 * DAY_MS

const ORDERS = {
  name: sql`lower(b.name)`,
  requests: sql`coalesce(s.requests, 0)`,
  refused: sql`coalesce(s.refused, 0)`,
  change: sql`coalesce(s.requests, 0) - coalesce(s.before, 0)`,
}

/**
 * One page of the organizations at every level below, each with what came of it alone in a period. The tree by
 * organizations_path; what came by usage_weeks' primary key where whole weeks in UTC hold, else by usage_days'. The last
 * use is looked up for the page alone.
 */
export async function listUsageBelow(
  db: Queryable,
  { organizationId, now, before, order }: UsageBelowQuery,
  place: ListPlace,
  size: number,
): Promise<UsageBelowRow[]> {
  const by = sql`${ORDERS[order.by]} ${sql.raw(order.descending ? 'desc' : 'asc')}, lower(b.name), b.id`
  const { position, total } = numbered(by)
  const page = pageOf(place, size)
  const change = before === null ? sql`null` : ORDERS.change
  const came =
    before === null
      ? sumsOf(now)
      : sql`${sumsOf(now)} union all select organization_id, 0, 0, requests
    from (${sumsOf(before)}) b`
  const rows = await db.execute<Omit<UsageBelowRow, 'lastUsedAt'> & { lastUsedAt: string | null }>(sql`
    with below as materialized (select id, slug, name, kind, closed_at from organizations
      where path @> array[${organizationId}]::uuid[] and id <> ${organizationId}),
    sums as (select organization_id, sum(requests) as requests, sum(refused) as refused, sum(before) as before
      from (${came}) came group by 1),
    list as (select b.id, b.slug, b.name, b.kind, b.closed_at is not null as closed,
      ${ORDERS.requests}::float8 as requests, ${ORDERS.refused}::float8 as refused, (${change})::float8 as change,
      ${position.sql} as position, ${total.sql} as total
      from below b left join sums s on s.organization_id = b.id)
    select list.*, (select max(t.last_used_at) from tokens t
      where t.organization_id = list.id and t.deleted_at is null) as "lastUsedAt"
    from list ${page.where === undefined ? sql`` : sql`where ${page.where}`} order by ${page.order} limit ${size}`)
  const read = rows.map((row) => ({ ...row, lastUsedAt: row.lastUsedAt === null ? null : new Date(row.lastUsedAt) }))
  return page.backwards ? read.reverse() : read
}

/**
 * What came of those in `below` in a period, in several rows each: of weeks that hold, and of all other days. Until the
 * day before is grouped these can be of each: they are looked for by their days, since each one's would be too many looks.
 */
function sumsOf(times: Times): SQL {
  const { first, last, begin, end, monday, until } = edgesOf(times)
  const below = sql`organization_id in (select id from below)`
  const late = sql`select organization_id, date_trunc('week', day::timestamp)::date as week from usage_days
    where not grouped and day >= ${monday} and day < ${until} and ${below}`
  const days = (from: SQL, before: SQL) => sql`select organization_id, outcome,
      case when day = ${first} and day = ${last} then ${hoursFrom(begin, end)} when day = ${first} then ${hoursFrom(begin, 24)}
        when day = ${last} then ${hoursFrom(0, end)} else count end as count
    from usage_days where day >= ${from} and day < ${before} and ${below}`
  return sql`with late as materialized (${late})
    select organization_id, requests, refused, 0 as before from usage_weeks
    where week >= ${monday} and week < ${until} and ${below} and (organization_id, week) not in (select * from late)
    union all
    select organization_id, count, case when outcome = 'active' then 0 else count end, 0 from (
      ${days(first, monday)} union all ${days(until, sql`${last} + 1`)} union all
      select organization_id, outcome, count from usage_days
      where day = any(array(select week + nth from (select distinct week from late) weeks, generate_series(0, 6) nth))
        and (organization_id, day - (day - ${monday}) % 7) in (select * from late)
    ) days`
}

// Taking an array apart takes several times as long.
const hoursFrom = (begin: number, end: number): SQL =>
  sql.raw(['0', ...Array.from({ length: end - begin }, (_, nth) => `hours[${begin + nth + 1}]`)].join(' + '))

/**
 * The days that a period touches, at which of their hours it begins on the first and ends on the last, and between them
 * from which Monday until before which its whole weeks go; where there are none, both are the day after the last.
 */
function edgesOf({ from, to }: Times) {
  const dayOf = (at: Date) => Math.floor(at.getTime() / DAY_MS) * DAY_MS
  const [first, last] = [dayOf(from), dayOf(to)]
  const mondayOf = (week: number) => week * WEEK_MS + MONDAY_MS
  const monday = mondayOf(Math.ceil((from.getTime() - MONDAY_MS) / WEEK_MS))
  const until = mondayOf(Math.floor((to.getTime() - MONDAY_MS) / WEEK_MS))
  const weeks = monday < until ? { monday, until } : { monday: last + DAY_MS, until: last + DAY_MS }
  const day = (at: number) => sql`${new Date(at).toISOString().slice(0, 10)}::date`
  // An hour counts where it begins.
  const hour = (at: Date, of: number) => Math.ceil((at.getTime() - of) / HOUR_MS)
  return {
    ...{ first: day(first), last: day(last), begin: hour(from, first), end: hour(to, last) },
    ...{ monday: day(weeks.monday), until: day(weeks.until) },
  }
}
