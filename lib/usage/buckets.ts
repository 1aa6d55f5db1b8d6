import type { Queryable } from '#db/client'
import { selectUsage } from '#db/queries/usage-read'
import { MOST_DAYS, runsOfDays } from '#lib/usage/period'
import type { Shown } from '#lib/usage/search'

const HOUR_MS = 3_600_000

/** Every hour or day of what is shown, in order, those in which nothing came too. It does not ask whether the actor may see them. */
export async function bucketsOf(db: Queryable, organizationId: string, shown: Shown) {
  const { from, to, interval } = shown
  const days = interval === 'hour' ? null : daysOf(shown)
  const starts = days ?? [...hoursOf(shown)]
  const slice = { organizationId, from, to, groupBy: null, days, after: null }
  const rows = await selectUsage(db, slice, starts.length)
  const counted = new Map(rows.map((row) => [row.start.getTime(), row]))
  return starts.map((start) => {
    const { active, refused } = counted.get(start.getTime()) ?? { active: 0, refused: 0 }
    return { start, active, refused }
  })
}

function* hoursOf({ from, to }: Shown): Generator<Date> {
  const first = Math.ceil(from.getTime() / HOUR_MS) * HOUR_MS
  for (let hour = first; hour < to.getTime(); hour += HOUR_MS) yield new Date(hour)
}

const daysOf = (shown: Shown) => [...runsOfDays(shown, shown.timeZone, MOST_DAYS)].flatMap(({ starts }) => starts)
