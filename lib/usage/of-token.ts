import { sumUsage } from '#db/queries/usage-read'
import type { Context } from '#lib/context'
import { seeToken } from '#lib/tokens/hold'
import { bucketsOf } from '#lib/usage/buckets'
import { callersOf, usageHome } from '#lib/usage/callers'
import { dayAfter, localDay, startOfDay } from '#lib/usage/period'
import { totalsFrom } from '#lib/usage/totals'
import type { TokenUsage } from '#lib/usage/view'

const DAYS = 30

/**
 * How a token was used in the last 30 days, and by whom in the last 7.
 * @throws DomainError `not_found`
 */
export async function getTokenUsage(ctx: Context, tokenId: string): Promise<TokenUsage> {
  const { token, home } = await seeToken(ctx.db, ctx, tokenId)
  const of = { home: usageHome(ctx.actor, home), tokenId: token.id }
  const today = localDay(ctx.clock(), 'UTC')
  const period = { from: startOfDay(dayAfter(today, 1 - DAYS), 'UTC'), to: startOfDay(dayAfter(today), 'UTC') }
  const [days, sums, callers] = await Promise.all([
    bucketsOf(ctx.db, of, { ...period, interval: 'day', timeZone: 'UTC' }),
    sumUsage(ctx.db, { ...of, ...period }),
    callersOf(ctx, of.home, [token.id]),
  ])
  return { days, refusals: totalsFrom(sums).refusals, callers }
}
