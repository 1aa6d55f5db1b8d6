import type { Database } from '#db/client'
import { groupDay, lastUngroupedDay } from '#db/queries/usage-groups'
import { localDay } from '#lib/usage/period'

// What came in its last seconds has been counted by then, or counts as late.
const AFTER_MS = 10 * 60_000

/**
 * Sums the days in UTC that are over and not grouped yet, the last one first and each once; what came late for a day is
 * grouped anew. Nothing shown depends on how far it is: what is not grouped is read from the hours. `goOn` is asked before
 * each day.
 */
export async function groupDays(db: Database, now: Date, goOn: () => boolean): Promise<void> {
  let day: string | null = localDay(new Date(now.getTime() - AFTER_MS), 'UTC')
  while (goOn()) {
    day = await lastUngroupedDay(db, day)
    if (day === null) return
    await groupDay(db, day)
  }
}
