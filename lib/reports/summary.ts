import type { ReportOrder } from '#lib/reports/order'
import { localDay, MOST_DAYS, runsOfDays } from '#lib/usage/period'
import type { Grouping } from '#lib/usage/question'
import { listUsage } from '#lib/usage/read'
import type { UsageContext } from '#lib/usage/see'
import { namesOfTokens } from '#lib/usage/tokens'
import { rankUsage, usageTotals } from '#lib/usage/totals'
import type { UsageRanking, UsageTotals } from '#lib/usage/view'

const TOKENS = 100
const VALUES = 20

/** The groups that came most, as people read them, and how many are left out. */
export type Ranking = {
  readonly rows: readonly {
    readonly name: string
    /** A token's id, where the group is one token. */
    readonly id: string | null
    readonly requests: number
    readonly refused: number
  }[]
  readonly more: number
}

export type ExtendedGrouping = Exclude<Grouping, 'token' | 'outcome'>

/** What a report tells before it lists the hours; of bounded size whatever the period. */
export type Summary = {
  readonly totals: UsageTotals
  /** Every day of the period in its time zone, `2027-02-14`. */
  readonly days: readonly { readonly day: string; readonly active: number; readonly refused: number }[]
  readonly tokens: Ranking
  /** null: the tier has no extended metrics, and they are not read. */
  readonly extended: Readonly<Record<ExtendedGrouping, Ranking>> | null
}

/**
 * Reads what there is as the actor of the order may see it.
 * @throws DomainError `not_found`, `tier_required`, `invalid`
 */
export async function summarize(ctx: UsageContext, order: ReportOrder): Promise<Summary> {
  const { from, to, timeZone } = order
  const question = { organizationId: order.organization.id, from, to }
  const totals = await usageTotals(ctx, question.organizationId, question)
  const byDay = { ...question, timeZone, interval: 'day', groupBy: null } as const
  const { rows } = await listUsage(ctx, byDay, { cursor: null, limit: MOST_DAYS + 2 })
  const came = new Map(rows.map((row) => [localDay(row.start, timeZone), row]))
  const starts = [...runsOfDays(order, timeZone, MOST_DAYS)].flatMap((run) => run.starts)
  const days = starts.map((start) => {
    const day = localDay(start, timeZone)
    const { active = 0, refused = 0 } = came.get(day) ?? {}
    return { day, active, refused }
  })
  const ranked = await rankUsage(ctx, { ...question, groupBy: 'token' }, TOKENS)
  const ids = ranked.top.map(({ group }) => group)
  const names = await namesOfTokens(ctx, question.organizationId, ids)
  const tokens = rankingOf(ranked, (group) => {
    const isToken = group !== 'personal' && group !== 'above'
    return { name: names.get(group)?.name ?? group, id: isToken ? group : null }
  })
  const of = async (groupBy: ExtendedGrouping) =>
    rankingOf(await rankUsage(ctx, { ...question, groupBy }, VALUES), (group) => ({ name: group, id: null }))
  const extended = order.extended
    ? {
        endpoint: await of('endpoint'),
        resource: await of('resource'),
        ip: await of('ip'),
        userAgent: await of('userAgent'),
      }
    : null
  return { totals, days, tokens, extended }
}

const rankingOf = (
  { top, rest }: UsageRanking,
  named: (group: string) => { readonly name: string; readonly id: string | null },
): Ranking => ({
  rows: top.map(({ group, requests, refused }) => ({ ...named(group), requests, refused })),
  more: rest.groups,
})
