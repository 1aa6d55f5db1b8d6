import { listCallerRows } from '#db/queries/usage-callers'
import type { UsageHome } from '#db/queries/usage-places'
import type { AnyActor } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import { seeToken } from '#lib/tokens/hold'
import { type Home, requirePerson } from '#lib/tokens/home'
import { defaultPeriod } from '#lib/usage/period'
import type { Callers } from '#lib/usage/view'

const CALLERS = 5

/**
 * Who presented these tokens in the last 7 days, whatever was said of them. They live where the first one does; of others
 * nothing is told.
 * @throws DomainError `not_found`
 */
export async function listCallers(
  ctx: Pick<AnyContext, 'db' | 'actor' | 'clock'>,
  tokenIds: readonly [string, ...string[]],
): Promise<Callers> {
  const { home } = await seeToken(ctx.db, ctx, tokenIds[0])
  return callersOf(ctx, usageHome(ctx.actor, home), tokenIds)
}

/** The same for tokens of a home that the actor was found to see. */
export async function callersOf(
  { db, clock }: Pick<AnyContext, 'db' | 'clock'>,
  home: UsageHome,
  tokenIds: readonly string[],
): Promise<Callers> {
  const { from: since } = defaultPeriod(undefined, clock())
  const rows = await listCallerRows(db, { home, tokenIds, since, limit: CALLERS })
  const callers = rows.map(({ callers: _, total: __, ...caller }) => caller)
  return { callers, more: (rows[0]?.callers ?? 0) - callers.length, total: rows[0]?.total ?? 0 }
}

/** Whose tokens are looked at: an organization's, or the actor's own. */
export const usageHome = (actor: AnyActor, { organization }: Home): UsageHome =>
  organization === null ? { userId: requirePerson(actor) } : { organizationId: organization.id }
