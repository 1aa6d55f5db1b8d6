import type { Database, Transaction } from '#db/client'
import { deleteEndedSessions, findSession, holdSession, listSessionsOf, touchSession } from '#db/queries/sessions'
import type { Clock } from '#lib/clock'
import type { Context } from '#lib/context'

/** What verbs on one's own account are given: the context, and the session that the request came by. */
export type OwnContext = Context & { readonly sessionId: string }

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

/**
 * When a session of that person was confirmed, null within if never; null where it stands no longer. One that stands does
 * so to the end of the transaction.
 */
export const holdConfirmation = (
  tx: Transaction,
  whose: { readonly id: string; readonly userId: string },
  now: Date,
): Promise<{ readonly confirmedAt: Date | null } | null> => holdSession(tx, whose, limitsAt(now))

/** Forgets the sessions that nobody can resume any more. */
export const forgetEndedSessions = ({ db, clock }: { db: Database; clock: Clock }) =>
  deleteEndedSessions(db, limitsAt(clock()))

/** The person's own sessions that stand, last seen first; `current` is the one that asks. */
export async function listSessions({ db, actor, clock, sessionId }: OwnContext) {
  const sessions = await listSessionsOf(db, actor.userId, limitsAt(clock()))
  return sessions.map((session) => ({ ...session, current: session.id === sessionId }))
}
