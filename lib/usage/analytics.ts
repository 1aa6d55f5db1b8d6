import { rankUsage } from '#db/queries/usage-rank'
import { countTokensInUse, listUsedTokenNames, sumUsage } from '#db/queries/usage-read'
import { can } from '#lib/authorization'
import type { Context } from '#lib/context'
import { notFound } from '#lib/errors'
import type { Organization } from '#lib/organizations/load'
import { bucketsOf } from '#lib/usage/buckets'
import { type Period, periodBefore } from '#lib/usage/period'
import type { Grouping } from '#lib/usage/question'
import { rankingFrom } from '#lib/usage/ranking'
import type { Shown } from '#lib/usage/search'
import { hasExtended } from '#lib/usage/see'
import { nameTokens } from '#lib/usage/tokens'
import { totalsFrom } from '#lib/usage/totals'
import type { Analytics } from '#lib/usage/view'
import { weekOf } from '#lib/usage/week'

const TOP = 10

/**
 * All that Analytics shows of an organization; extended metrics are read only where its effective tier has them.
 * @throws DomainError `not_found`
 */
export async function readAnalytics(ctx: Context, organization: Organization, shown: Shown): Promise<Analytics> {
  const { db, actor } = ctx
  if (!can(actor, 'tokens.see', organization)) throw notFound()
  const of = { organizationId: organization.id, from: shown.from, to: shown.to }
  const rank = async (groupBy: Grouping) => rankingFrom(await rankUsage(db, { ...of, groupBy }, TOP))
  const sum = async ({ from, to }: Period) => totalsFrom(await sumUsage(db, { ...of, from, to }))
  const extended = async () => {
    if (!hasExtended(organization)) return null
    const [before, endpoint, resource, ip, userAgent] = await Promise.all([
      ...([sum(periodBefore(shown)), rank('endpoint'), rank('resource')] as const),
      ...([rank('ip'), rank('userAgent')] as const),
    ])
    return { before, endpoint, resource, ip, userAgent }
  }
  const [buckets, week, totals, tokens, ranking, more] = await Promise.all([
    bucketsOf(db, of, shown),
    weekOf(db, organization.id, shown),
    sum(shown),
    countTokensInUse(db, of, ctx.clock()),
    rank('token'),
    extended(),
  ])
  const ids = ranking.top.map(({ group }) => group)
  const names = nameTokens(ids, await listUsedTokenNames(db, organization.id, ids))
  const top = ranking.top.map((row) => ({ ...row, ...(names.get(row.group) ?? { name: row.group, gone: true }) }))
  return { shown, buckets, week, totals, tokens, byToken: { ...ranking, top }, extended: more }
}
