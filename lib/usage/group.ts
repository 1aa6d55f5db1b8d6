import type { Database } from '#db/client'
import { groupDay, lastUngroupedDay } from '#db/queries/usage-groups'
import { localDay } from '#lib/usage/period'

// What came in its last seconds has been counted by then, or counts as late.
const AFTER_MS = 10 * 60_000

/**
 * Sums the days in UTC that are over and not grouped yet, the last one first and each once; what came late for a day is
 * grouped anew. Nothing shown depends on how far it is: what is not grouped is read from the hours. `goOn` is asked before
 * each day; a day that fails is told to `failed`, and the others are grouped all the same.
 */
export async function groupDays(
  db: Database,
  now: Date,
  { goOn, failed }: { readonly goOn: () => boolean; readonly failed: (day: string, error: unknown) => void },
): Promise<void> {
  let day = localDay(new Date(now.getTime() - AFTER_MS), 'UTC')
  while (goOn()) {
    const next = await lastUngroupedDay(db, day)
    if (next === null) return
    day = next
    await groupDay(db, next).catch((error) => failed(next, error))
  }
}
