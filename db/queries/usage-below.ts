import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client'
import { type ListPlace, numbered, pageOf } from '#db/queries/numbered'

export type UsageBelowQuery = {
  readonly organizationId: string
  readonly now: Times
  /** What it is compared with. */
  readonly before: Times
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
  /** Requests more than before; fewer: below 0. */
  readonly change: number
  readonly lastUsedAt: Date | null
  readonly position: number
  readonly total: number
}

type Times = { readonly from: Date; readonly to: Date }

const DAY_MS = 86_400_000

const ORDERS = {
  name: sql`lower(b.name)`,
  requests: sql`coalesce(s.requests, 0)`,
  refused: sql`coalesce(s.refused, 0)`,
  change: sql`coalesce(s.requests, 0) - coalesce(s.before, 0)`,
}

/**
 * One page of the organizations at every level below, each with what came of it alone in a period. The tree by
 * organizations_path; whole days in UTC by usage_days' primary key, or for many organizations by usage_days_by_day; the
 * hours at the ends of the periods by usage_hours_by_hour. The last use is looked up for the page alone.
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
  const rows = await db.execute<Omit<UsageBelowRow, 'lastUsedAt'> & { lastUsedAt: string | null }>(sql`
    with below as materialized (select id, slug, name, kind, closed_at from organizations
      where path @> array[${organizationId}]::uuid[] and id <> ${organizationId}),
    came as (${cameBelow(now, true)} union all ${cameBelow(before, false)}),
    sums as (select organization_id, sum(count) filter (where now) as requests,
      sum(count) filter (where now and outcome <> 'active') as refused, sum(count) filter (where not now) as before
      from came group by 1),
    list as (select b.id, b.slug, b.name, b.kind, b.closed_at is not null as closed,
      ${ORDERS.requests}::float8 as requests, ${ORDERS.refused}::float8 as refused, (${ORDERS.change})::float8 as change,
      ${position.sql} as position, ${total.sql} as total
      from below b left join sums s on s.organization_id = b.id)
    select list.*, (select max(t.last_used_at) from tokens t
      where t.organization_id = list.id and t.deleted_at is null) as "lastUsedAt"
    from list ${page.where === undefined ? sql`` : sql`where ${page.where}`} order by ${page.order} limit ${size}`)
  const read = rows.map((row) => ({ ...row, lastUsedAt: row.lastUsedAt === null ? null : new Date(row.lastUsedAt) }))
  return page.backwards ? read.reverse() : read
}

/** What came to organizations below: whole days, and the hours before and after them. */
function cameBelow({ from, to }: Times, now: boolean): SQL {
  const begin = new Date(Math.min(Math.ceil(from.getTime() / DAY_MS) * DAY_MS, to.getTime()))
  const end = new Date(Math.max(Math.floor(to.getTime() / DAY_MS) * DAY_MS, begin.getTime()))
  const whole = begin < end ? [sql`${came(now)} usage_days where day >= ${day(begin)} and day < ${day(end)}`] : []
  const edges = [
    [from, begin],
    [end, to],
  ] as const
  const hours = edges
    .filter(([since, until]) => since < until)
    .map(([since, until]) => sql`${came(now)} usage_hours where hour >= ${hour(since)} and hour < ${hour(until)}`)
  const parts = [...whole, ...hours].map((part) => sql`${part} and organization_id in (select id from below)`)
  return sql.join(parts, sql` union all `)
}

const came = (now: boolean) => sql`select organization_id, outcome, count::bigint, ${now}::boolean as now from`
const day = (at: Date) => sql`${at.toISOString().slice(0, 10)}::date`
const hour = (at: Date) => sql`${at.toISOString()}::timestamptz`
