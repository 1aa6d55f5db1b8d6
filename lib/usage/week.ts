import type { Queryable } from '#db/client'
import { sumByWeekday } from '#db/queries/usage-read'
import { clocksOf, dayAfter } from '#lib/usage/period'
import type { Shown } from '#lib/usage/search'
import type { WeekdayHour } from '#lib/usage/view'

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/**
 * What came in each hour of each weekday where the reader is, from Monday at midnight on; null where fewer than 7 days are
 * shown. An hour of UTC counts to the one in which it begins. It does not ask whether the actor may see them.
 */
export async function weekOf(
  db: Queryable,
  organizationId: string,
  shown: Shown,
): Promise<readonly WeekdayHour[] | null> {
  const { from, to, first, last, timeZone } = shown
  if (dayAfter(first, 6) > last) return null
  const rows = await sumByWeekday(db, { organizationId, from, to }, clocksOf(shown, timeZone))
  const counted = new Map(rows.map((row) => [`${row.weekday} ${row.hour}`, row]))
  return WEEKDAYS.flatMap((weekday) =>
    HOURS.map((hour) => {
      const { active, refused } = counted.get(`${weekday} ${hour}`) ?? { active: 0, refused: 0 }
      return { weekday, hour, active, refused }
    }),
  )
}
