import type { Queryable } from '#db/client'
import type { UsageHome } from '#db/queries/usage-places'
import { selectUsage } from '#db/queries/usage-read'
import { MOST_DAYS, type Period, runsOfDays } from '#lib/usage/period'
import type { UsageQuestion } from '#lib/usage/question'

type Times = Period & Pick<UsageQuestion, 'interval' | 'timeZone'>
type Of = { readonly organizationId: string } | { readonly home: UsageHome; readonly tokenId: string }

const HOUR_MS = 3_600_000

/**
 * Every hour or day of a period with what came of an organization's usage or of one token's, in order, those in which
 * nothing came too. It does not ask whether the actor may see them.
 */
export async function bucketsOf(db: Queryable, of: Of, times: Times) {
  const { from, to, interval } = times
  const days = interval === 'hour' ? null : daysOf(times)
  const starts = days ?? [...hoursOf(times)]
  const slice = { ...of, from, to, groupBy: null, days, after: null }
  const rows = await selectUsage(db, slice, starts.length)
  const counted = new Map(rows.map((row) => [row.start.getTime(), row]))
  return starts.map((start) => {
    const { active, refused } = counted.get(start.getTime()) ?? { active: 0, refused: 0 }
    return { start, active, refused }
  })
}

function* hoursOf({ from, to }: Period): Generator<Date> {
  const first = Math.ceil(from.getTime() / HOUR_MS) * HOUR_MS
  for (let hour = first; hour < to.getTime(); hour += HOUR_MS) yield new Date(hour)
}

const daysOf = (times: Times) => [...runsOfDays(times, times.timeZone, MOST_DAYS)].flatMap(({ starts }) => starts)
