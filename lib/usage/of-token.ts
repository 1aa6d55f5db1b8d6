import { listUsageDays } from '#db/queries/usage'
import type { Context } from '#lib/context'
import { seeToken } from '#lib/tokens/hold'
import { callersOf, usageHome } from '#lib/usage/callers'
import type { TokenUsage } from '#lib/usage/view'

const DAYS = 30
const DAY_MS = 86_400_000

/**
 * How a token was used in the last 30 days, and by whom in the last 7.
 * @throws DomainError `not_found`
 */
export async function getTokenUsage(ctx: Context, tokenId: string): Promise<TokenUsage> {
  const { token, home } = await seeToken(ctx.db, ctx, tokenId)
  const today = Math.floor(ctx.clock().getTime() / DAY_MS) * DAY_MS
  const begin = today - (DAYS - 1) * DAY_MS
  const where = usageHome(ctx.actor, home)
  const [rows, callers] = await Promise.all([
    listUsageDays(ctx.db, { home: where, tokenId: token.id, since: new Date(begin) }),
    callersOf(ctx, where, [token.id]),
  ])
  const days = Array.from({ length: DAYS }, (_, n) => ({ day: new Date(begin + n * DAY_MS), active: 0, refused: 0 }))
  const refusals = new Map<TokenUsage['refusals'][number]['outcome'], number>()
  for (const { day, outcome, count } of rows) {
    const of = days[(day.getTime() - begin) / DAY_MS]
    if (of === undefined) continue
    if (outcome === 'active') of.active += count
    else {
      of.refused += count
      refusals.set(outcome, (refusals.get(outcome) ?? 0) + count)
    }
  }
  const byCount = [...refusals].map(([outcome, count]) => ({ outcome, count })).toSorted((a, b) => b.count - a.count)
  return { days, refusals: byCount, callers }
}
