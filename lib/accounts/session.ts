import type { Database } from '#db/client'
import { deleteEndedSessions, deleteSession, findSession, touchSession } from '#db/queries/sessions'
import type { Clock } from '#lib/clock'

/** A session lasts 30 days at most and 12 hours without use. */
export const SESSION_SECONDS = 30 * 86_400
const IDLE_MS = 12 * 3_600_000
const TOUCH_MS = 60_000

const limitsAt = (now: Date) => ({
  notBegunBefore: new Date(now.getTime() - SESSION_SECONDS * 1000),
  notSeenBefore: new Date(now.getTime() - IDLE_MS),
})

/** The session behind an id from the signed cookie, if it still stands; null otherwise. Notes its use once a minute. */
export async function resumeSession({ db, clock }: { db: Database; clock: Clock }, sessionId: string) {
  const now = clock()
  const session = await findSession(db, sessionId, limitsAt(now))
  if (session !== null && now.getTime() - session.lastSeenAt.getTime() > TOUCH_MS)
    await touchSession(db, sessionId, now)
  return session
}

/** Forgets the sessions that nobody can resume any more. */
export const forgetEndedSessions = ({ db, clock }: { db: Database; clock: Clock }) =>
  deleteEndedSessions(db, limitsAt(clock()))

/** Ends a session: its cookie opens nothing from the next request on. */
export async function endSession({ db }: { db: Database }, sessionId: string): Promise<void> {
  await deleteSession(db, sessionId)
}
