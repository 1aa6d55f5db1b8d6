import type { Sql, TransactionSql } from 'postgres'
import type { CountedHour } from '#db/queries/usage-add'
import { plainArray, textArray } from '#db/queries/usage-columns'

type Day = Pick<CountedHour, 'outcome' | 'count'> & {
  readonly organizationId: string
  /** Days since 1970. */
  readonly day: number
  /** As many as a day has. */
  readonly hours: number[]
  count: number
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/**
 * Adds hours to the days of their organizations, which from then on are not grouped; what counted nowhere is left out. In one order, so that two who add to
 * the same days never wait for each other. Leans on the primary key.
 */
export async function addDays(tx: TransactionSql, hours: readonly CountedHour[]): Promise<void> {
  const days = daysOf(hours)
  if (days.length === 0) return
  await tx`
    insert into usage_days as d (organization_id, day, outcome, count, hours)
    select organization_id, '1970-01-01'::date + day, outcome, count, hours::int[]
    from unnest(
      ${plainArray(days, ({ organizationId }) => organizationId)}::uuid[],
      ${plainArray(days, ({ day }) => day)}::int[],
      ${plainArray(days, ({ outcome }) => outcome)}::outcome[],
      ${plainArray(days, ({ count }) => count)}::bigint[],
      ${textArray(days, (each) => `{${each.hours}}`)}::text[]
    ) as u (organization_id, day, outcome, count, hours)
    order by 1, 2, 3
    on conflict on constraint usage_days_organization_id_day_outcome_pk do update
    set count = d.count + excluded.count, hours = ${tx.unsafe(SUM_OF_HOURS)}`
}

// PostgreSQL adds no arrays; and taking them apart for it takes several times as long.
const SUM_OF_HOURS = `array[${HOURS.map((hour) => `d.hours[${hour + 1}] + excluded.hours[${hour + 1}]`)}]`

function daysOf(hours: readonly CountedHour[]): Day[] {
  const days = new Map<string, Day>()
  for (const { organizationId, hour, outcome, count } of hours) {
    if (organizationId === null) continue
    const day = Math.floor(hour / 24)
    const key = `${organizationId} ${day} ${outcome}`
    const of = days.get(key) ?? { organizationId, day, outcome, count: 0, hours: HOURS.map(() => 0) }
    of.count += count
    of.hours[hour % 24] = (of.hours[hour % 24] ?? 0) + count
    days.set(key, of)
  }
  return [...days.values()]
}

/** Makes the days of a database anew from all of its hours, where nobody writes meanwhile. */
export async function makeDays(sql: Sql): Promise<void> {
  const hours = HOURS.map((hour) => `coalesce(sum(count) filter (where h = ${hour}), 0)`)
  await sql`truncate usage_days`
  await sql`
    insert into usage_days (organization_id, day, outcome, count, hours)
    select organization_id, day, outcome, sum(count), ${sql.unsafe(`array[${hours}]::int[]`)}
    from (select organization_id, (hour at time zone 'UTC')::date as day, outcome, count,
      extract(hour from hour at time zone 'UTC') as h from usage_hours where organization_id is not null) hours
    group by 1, 2, 3`
}
