import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client'
import { type ListPlace, numbered, pageOf } from '#db/queries/numbered'

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

type Times = { readonly from: Date; readonly to: Date }

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

const ORDERS = {
  name: sql`lower(b.name)`,
  requests: sql`coalesce(s.requests, 0)`,
  refused: sql`coalesce(s.refused, 0)`,
  change: sql`coalesce(s.requests, 0) - coalesce(s.before, 0)`,
}

/**
 * One page of the organizations at every level below, each with what came of it alone in a period. The tree by
 * organizations_path; what came by usage_days' primary key, or for many organizations by all rows of usage_days_by_day.
 * The last use is looked up for the page alone.
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
  const within = before === null ? touches(now) : sql`(${touches(now)} or ${touches(before)})`
  const change = before === null ? sql`null` : ORDERS.change
  const rows = await db.execute<Omit<UsageBelowRow, 'lastUsedAt'> & { lastUsedAt: string | null }>(sql`
    with below as materialized (select id, slug, name, kind, closed_at from organizations
      where path @> array[${organizationId}]::uuid[] and id <> ${organizationId}),
    sums as (select organization_id, sum(${cameIn(now)}) as requests,
      sum(${cameIn(now)}) filter (where outcome <> 'active') as refused, 
        ${before === null ? sql`null::bigint` : sql`sum(${cameIn(before)})`} as before
      from usage_days where ${within} and organization_id in (select id from below)
      group by 1),
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

/** The days that a period touches, and at which of their hours it begins on the first and ends on the last. */
function edgesOf({ from, to }: Times) {
  const dayOf = (at: Date) => Math.floor(at.getTime() / DAY_MS) * DAY_MS
  const [first, last] = [dayOf(from), dayOf(to)]
  const day = (at: number) => sql`${new Date(at).toISOString().slice(0, 10)}::date`
  // An hour counts where it begins.
  const hours = (at: Date, of: number) => sql`${Math.ceil((at.getTime() - of) / HOUR_MS)}::int`
  return { first: day(first), last: day(last), begin: hours(from, first), end: hours(to, last) }
}

function touches(times: Times): SQL {
  const { first, last } = edgesOf(times)
  return sql`day between ${first} and ${last}`
}

/** How much of a day came in a period. */
function cameIn(times: Times): SQL {
  const { first, last, begin, end } = edgesOf(times)
  return sql`case when day > ${first} and day < ${last} then count when ${touches(times)} then
    (select coalesce(sum(c), 0) from unnest(hours[case when day = ${first} then ${begin} else 0 end + 1
      : case when day = ${last} then ${end} else 24 end]) c) else 0 end`
}
