import { rankUsage as selectRanking, sumUsage } from '#db/queries/usage-read'
import { OUTCOMES, type Outcome } from '#lib/usage/choices'
import { type Period, requirePeriod } from '#lib/usage/period'
import type { Grouping, UsageRow } from '#lib/usage/question'
import { seeUsage, type UsageContext } from '#lib/usage/see'

/** What came in a period. */
export type UsageTotals = {
  readonly requests: number
  readonly active: number
  readonly refused: number
  /** Most frequent first. */
  readonly refusals: readonly { readonly outcome: Exclude<Outcome, 'active'>; readonly count: number }[]
}

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
  const counts = new Map((await sumUsage(ctx.db, { organizationId, from, to })).map((row) => [row.outcome, row.count]))
  const active = counts.get('active') ?? 0
  const refusals = OUTCOMES.flatMap((outcome) => {
    const count = counts.get(outcome) ?? 0
    return outcome === 'active' || count === 0 ? [] : [{ outcome, count }]
  }).toSorted((one, other) => other.count - one.count)
  const refused = refusals.reduce((sum, { count }) => sum + count, 0)
  return { requests: active + refused, active, refused, refusals }
}

/** The groups that came most in a period, and what came of the rest together. */
export type UsageRanking = {
  readonly top: readonly (Omit<UsageRow, 'start' | 'group'> & { readonly group: string })[]
  readonly rest: { readonly groups: number; readonly requests: number; readonly refused: number }
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
  const rows = await selectRanking(ctx.db, { organizationId, groupBy, ...period }, most)
  const [first] = rows
  const left = (all: number, of: 'requests' | 'refused') => rows.reduce((rest, row) => rest - row[of], all)
  return {
    top: rows.map(({ group, requests, active, refused }) => ({ group, requests, active, refused })),
    rest: {
      groups: (first?.groups ?? 0) - rows.length,
      requests: left(first?.allRequests ?? 0, 'requests'),
      refused: left(first?.allRefused ?? 0, 'refused'),
    },
  }
}
