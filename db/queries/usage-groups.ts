import { type SQL, sql } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client'

/** Any number that nothing else takes advisory locks under. */
const LOCK = 7_216_002

/** The last day before that one of which something is not yet grouped, as `2026-11-22`. Leans on usage_days_ungrouped. */
export async function lastUngroupedDay(db: Queryable, before: string): Promise<string | null> {
  const [row] = await db.execute<{ day: string | null }>(sql`
    select max(day)::text as day from usage_days where not grouped and day < ${before}::date`)
  return row?.day ?? null
}

/**
 * Sums a day in UTC by token and by all that its uses tell, and its week, for each organization that is not grouped yet;
 * where another is at it, nothing. Whoever counts for the same day meanwhile waits for no more than the marks, and is waited
 * for by nobody: what they add changes the sums that were seen, so that the day stays as it was and is grouped the next
 * time. Leans on usage_days_ungrouped and
 * the indexes of the hours by time.
 */
export async function groupDay(db: Database, day: string): Promise<void> {
  await db.transaction(async (tx) => {
    // Whoever summed earlier would else write over what another summed later.
    const [lock] = await tx.execute<{ ours: boolean }>(sql`select pg_try_advisory_xact_lock(${LOCK}) as ours`)
    if (lock?.ours !== true) return
    const week = sql`date_trunc('week', ${day}::timestamp)::date`
    // One statement sees the sums and the hours at one moment; and the marks come last, which takes asking for.
    await tx.execute(sql`
      with seen as materialized (
        select organization_id, outcome, count from usage_days where day = ${day}::date and not grouped
      ), added as (
        insert into usage_groups as g (organization_id, group_by, day, value, active, refused)
        select organization_id, group_by::usage_grouping, ${day}::date, value, active, refused
        from (${sql.join([ofTokens(day), ...VALUES.map((each) => ofValues(day, each))], sql` union all `)}) sums
        on conflict on constraint usage_groups_organization_id_group_by_day_value_pk do update
        set active = excluded.active, refused = excluded.refused
        returning 1
      ), weeks as (
        insert into usage_weeks as w (organization_id, week, requests, refused)
        select organization_id, ${week}, sum(count), coalesce(sum(count) filter (where outcome <> 'active'), 0)
        from usage_days where day >= ${week} and day < ${week} + 7 and organization_id in (select organization_id from seen)
        group by 1
        on conflict on constraint usage_weeks_organization_id_week_pk do update
        set requests = excluded.requests, refused = excluded.refused
        returning 1
      ), whole as materialized (
        select d.organization_id, d.outcome from usage_days d join seen s using (organization_id, outcome)
        where (select count(*) from added) >= 0 and (select count(*) from weeks) >= 0
          and d.day = ${day}::date and d.count = s.count
        for no key update of d skip locked
      )
      update usage_days d set grouped = true from whole w
      where d.day = ${day}::date and d.organization_id = w.organization_id and d.outcome = w.outcome`)
  })
}

const VALUES = [
  ['endpoint', 'usage_endpoints'],
  ['resource', 'usage_resources'],
  ['ip', 'usage_addresses'],
  ['userAgent', 'usage_user_agents'],
] as const

const ofTokens = (day: string): SQL => sql`
  select organization_id, 'token' as group_by, token_id as value,
    coalesce(sum(count) filter (where outcome = 'active'), 0) as active,
    coalesce(sum(count) filter (where outcome <> 'active'), 0) as refused
  from usage_hours where ${hoursOf(day)} group by 1, 3`

const ofValues = (day: string, [groupBy, table]: (typeof VALUES)[number]): SQL => sql`
  select organization_id, ${groupBy}, value, sum(active), sum(refused)
  from ${sql.identifier(table)} where ${hoursOf(day)} group by 1, 3`

function hoursOf(day: string): SQL {
  const start = sql`${day}::timestamp at time zone 'UTC'`
  return sql`hour >= ${start} and hour < ${start} + interval '24 hours' and organization_id in (select organization_id from seen)`
}
