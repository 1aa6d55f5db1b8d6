import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client'
import { cameByDays, HOURS_OF, instant, tokenGroup, type UsageCount, type UsageOf } from '#db/queries/usage-came'

const DAY_MS = 86_400_000

type Ranking = 'outcome' | keyof typeof HOURS_OF

/**
 * The groups of a period that came most, at most so many, and in each row how many there are and what came of all. What
 * whole days in UTC came to is read as it was grouped, by usage_groups' primary key; the ends of the period, today and
 * what came late from the hours, by their unique keys.
 */
export async function rankUsage(
  db: Queryable,
  { groupBy, ...of }: UsageOf & { readonly groupBy: Ranking },
  limit: number,
): Promise<(UsageCount & { group: string; groups: number; allRequests: number; allRefused: number })[]> {
  return db.execute(sql`
    select "group", sum(active + refused)::float8 as requests, sum(active)::float8 as active,
      sum(refused)::float8 as refused, count(*) over ()::int as groups,
      (sum(sum(active + refused)) over ())::float8 as "allRequests", (sum(sum(refused)) over ())::float8 as "allRefused"
    from (${groupBy === 'outcome' ? cameByDays(of, 'outcome') : cameGrouped(of, groupBy)}) came
    group by 1 order by requests desc, 1 limit ${limit}`)
}

/** What came, as `group`, `active` and `refused`, in several rows each. */
function cameGrouped(of: UsageOf, groupBy: keyof typeof HOURS_OF): SQL {
  const all = sql`${partsOf(of, groupBy)}
    select value, sum(active) as active, sum(refused) as refused from (
      select value, active, refused from usage_groups
      where organization_id = ${of.organizationId} and group_by = ${groupBy} and day = any(array(select day from days where whole))
      union all select * from hours) parts group by 1`
  if (groupBy !== 'token') return sql`select value collate "C" as "group", active, refused from (${all}) came`
  return sql`select ${tokenGroup(of.organizationId)} as "group", active, refused
    from (${all}) came join tokens t on t.id = came.value`
}

/**
 * The `days` of the period on which something came, each `whole` where its groups are all that came, and of the others the
 * `hours`: looked up token by token (`offset 0`), where one look for all would read the whole organization's index.
 */
function partsOf({ organizationId, from, to }: UsageOf, groupBy: keyof typeof HOURS_OF): SQL {
  const { table, columns } = HOURS_OF[groupBy]
  const day = (at: number) => sql`${new Date(at * DAY_MS).toISOString().slice(0, 10)}::date`
  const [first, last] = [from.getTime() / DAY_MS, to.getTime() / DAY_MS]
  const ofDay = sql`(d.day::timestamp at time zone 'UTC')`
  const next = (than: SQL) => sql`(select token_id from ${sql.identifier(table)}
    where organization_id = ${organizationId} ${than} order by token_id limit 1)`
  return sql`with recursive days as materialized (
      select day, bool_and(grouped) and day >= ${day(Math.ceil(first))} and day < ${day(Math.floor(last))} as whole
      from usage_days where organization_id = ${organizationId}
        and day >= ${day(Math.floor(first))} and day < ${day(Math.ceil(last))} group by 1
    ), token as (
      select ${next(sql``)} as id
      union all select ${next(sql`and token_id > token.id`)} from token where id is not null
    ), hours as (
      select h.* from days d cross join token cross join lateral (
        select ${columns} from ${sql.identifier(table)}
        where organization_id = ${organizationId} and token_id = token.id
          and hour >= greatest(${ofDay}, ${instant(from)})
          and hour < least(${ofDay} + interval '24 hours', ${instant(to)}) offset 0
      ) h where not d.whole
    )`
}
