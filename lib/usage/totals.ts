import { rankUsage as selectRanking } from '#db/queries/usage-rank'
import { sumUsage } from '#db/queries/usage-read'
import { OUTCOMES } from '#lib/usage/choices'
import { type Period, requirePeriod } from '#lib/usage/period'
import type { Grouping } from '#lib/usage/question'
import { rankingFrom } from '#lib/usage/ranking'
import { seeUsage, type UsageContext } from '#lib/usage/see'
import type { UsageRanking, UsageTotals } from '#lib/usage/view'

/**
 * How often an organization's usage came to what in a period.
 * @throws DomainError `not_found`, `invalid`
 */
export async function usageTotals(
  ctx: UsageContext,
  organizationId: string,
  { from, to }: Period,
): Promise<UsageTotals> {
  await seeUsage(ctx, organizationId, null)
  requirePeriod({ from, to })
  return totalsFrom(await sumUsage(ctx.db, { organizationId, from, to }))
}

/** Totals of what the query gives by outcome. */
export function totalsFrom(rows: Awaited<ReturnType<typeof sumUsage>>): UsageTotals {
  const counts = new Map(rows.map((row) => [row.outcome, row.count]))
  const active = counts.get('active') ?? 0
  const refusals = OUTCOMES.flatMap((outcome) => {
    const count = counts.get(outcome) ?? 0
    return outcome === 'active' || count === 0 ? [] : [{ outcome, count }]
  }).toSorted((one, other) => other.count - one.count)
  const refused = refusals.reduce((sum, { count }) => sum + count, 0)
  return { requests: active + refused, active, refused, refusals }
}

/**
 * Who or what came most in a period, at most so many of them.
 * @throws DomainError `not_found`, `tier_required`, `invalid`
 */
export async function rankUsage(
  ctx: UsageContext,
  { organizationId, groupBy, ...period }: Period & { readonly organizationId: string; readonly groupBy: Grouping },
  most: number,
): Promise<UsageRanking> {
  await seeUsage(ctx, organizationId, groupBy)
  requirePeriod(period)
  return rankingFrom(await selectRanking(ctx.db, { organizationId, groupBy, ...period }, most))
}
