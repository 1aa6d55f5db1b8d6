import { openDatabase } from '#db/client'
import { deleteIdempotencyKeysBefore } from '#db/queries/idempotency-keys'
import { deleteExpiredLinks } from '#db/queries/one-time-links'
import { deleteEndedFailures } from '#db/queries/password-failures'
import { deleteReportsBefore } from '#db/queries/reports'
import { deleteOldRevocations } from '#db/queries/revocations'
import { wipeOverdueRevealSalts } from '#db/queries/token-secrets'
import { deleteUsageBefore } from '#db/queries/usage-retention'
import { deleteEndedJourneys } from '#db/queries/used-journeys'
import { deleteGoneVerifiers } from '#db/queries/verifiers'
import { forgetEndedSessions } from '#lib/accounts/session'
import { KEPT_MS } from '#lib/api/idempotency'
import { systemClock } from '#lib/clock'
import type { Log } from '#lib/log'
import { REPORTS_KEPT_DAYS } from '#lib/reports/choices'
import { groupDays } from '#lib/usage/group'

const EVERY_MS = 15_000
const USAGE_EVERY_MS = 3_600_000
const REPORTS_KEPT_MS = REPORTS_KEPT_DAYS * 86_400_000
const USAGE_KEPT_MS = 400 * 86_400_000

/**
 * Wipes what secrets were derived from once their ten minutes are over, whether or not anybody pressed Done; at the
 * start and every 15 seconds from then on; so with sessions, links, counts of failed passwords and journeys to the
 * provider that have run out, revocations older than an hour, what was answered under keys a day ago, verifiers silent
 * for a day and reports of more than 30 days ago; every hour with usage of more than 400 days ago, and then days of usage
 * that are over are grouped. What fails now is done the next time. Gives what ends it.
 */
export function keepHouse(databaseUrl: string, log: Log): () => Promise<void> {
  const db = openDatabase(databaseUrl, { connections: 1 })
  const sweep = () =>
    Promise.all([
      wipeOverdueRevealSalts(db, systemClock()),
      forgetEndedSessions({ db, clock: systemClock }),
      deleteExpiredLinks(db, systemClock()),
      deleteEndedFailures(db, systemClock()),
      deleteEndedJourneys(db, systemClock()),
      deleteOldRevocations(db),
      deleteIdempotencyKeysBefore(db, new Date(systemClock().getTime() - KEPT_MS)),
      deleteGoneVerifiers(db),
      deleteReportsBefore(db, new Date(systemClock().getTime() - REPORTS_KEPT_MS)),
    ]).catch(() => {})
  void sweep()
  const timer = setInterval(sweep, EVERY_MS)
  let ended = false
  // Grouping a day may take longer than what else is due can wait.
  const usageDb = openDatabase(databaseUrl, { connections: 1 })
  const goOn = () => !ended
  const failed = (day: string, error: unknown) => log.warn({ day, error }, 'a day of usage was not grouped')
  const keepUsage = async () => {
    await deleteUsageBefore(usageDb, new Date(systemClock().getTime() - USAGE_KEPT_MS), goOn).catch(() => {})
    await groupDays(usageDb, systemClock(), { goOn, failed }).catch(() => {})
  }
  void keepUsage()
  const usageTimer = setInterval(keepUsage, USAGE_EVERY_MS)
  return async () => {
    ended = true
    clearInterval(timer)
    clearInterval(usageTimer)
    await Promise.all([db.close(), usageDb.close()])
  }
}
