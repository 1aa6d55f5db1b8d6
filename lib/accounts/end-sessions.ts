import type { z } from 'zod'
import type { Transaction } from '#db/client'
import { deleteSessionsOf } from '#db/queries/sessions'
import { recordOwn } from '#lib/accounts/record'
import type { EndSessionInput } from '#lib/accounts/schema'
import type { OwnContext } from '#lib/accounts/session'
import { notFound } from '#lib/errors'

/**
 * Ends one of the person's own sessions, from the next request on.
 * @throws DomainError `not_found` for one that has ended and for anybody else's
 */
export async function endSession(ctx: OwnContext, { sessionId }: z.output<typeof EndSessionInput>): Promise<void> {
  const ended = await ctx.db.transaction((tx) => endSessions(tx, ctx, { only: sessionId }))
  if (ended === 0) throw notFound()
}

/** Ends all sessions of the person but the one that asks. */
export async function endOtherSessions(ctx: OwnContext): Promise<void> {
  await ctx.db.transaction((tx) => endSessions(tx, ctx, { allBut: ctx.sessionId }))
}

/** "Sign out everywhere": ends all sessions of the person, the one that asks too. */
export async function signOutEverywhere(ctx: OwnContext): Promise<void> {
  await ctx.db.transaction((tx) => endSessions(tx, ctx, 'all'))
}

/** Ends some of the person's sessions within a change, and says so in the trail if there were any; gives how many. */
export async function endSessions(
  tx: Transaction,
  { actor, clock }: OwnContext,
  which: Parameters<typeof deleteSessionsOf>[2],
): Promise<number> {
  const ended = await deleteSessionsOf(tx, actor.userId, which)
  if (ended > 0) await recordOwn(tx, actor, { at: clock(), action: 'user.sessions_ended' })
  return ended
}
