import type { z } from 'zod'
import { countUnfinishedReports, insertReport } from '#db/queries/reports'
import { recordAudit } from '#lib/audit/record'
import type { Context } from '#lib/context'
import { DomainError } from '#lib/errors'
import { holdOrganization } from '#lib/organizations/hold'
import type { Enqueue } from '#lib/reports/enqueue'
import type { RequestReportInput } from '#lib/reports/schema'
import { requirePeriod } from '#lib/usage/period'
import { requireTimeZone } from '#lib/usage/question'

const UNDER_WAY = 10

/**
 * Has a report of an organization's usage made, for everybody who sees its tokens; at most 10 of an organization are
 * under way. Reading is not changing: it goes on where the organization is suspended.
 * @throws DomainError `not_found`, `invalid`, `in_use` where too many are under way
 */
export async function requestReport(
  ctx: Context & { readonly enqueue: Enqueue },
  { organizationId, format, from, to, timeZone }: z.output<typeof RequestReportInput>,
): Promise<{ readonly reportId: string }> {
  requirePeriod({ from, to })
  requireTimeZone(timeZone)
  return ctx.db.transaction(async (tx) => {
    const { organization } = await holdOrganization(tx, ctx, organizationId, 'tokens.see')
    const { name } = organization
    if ((await countUnfinishedReports(tx, organizationId)) >= UNDER_WAY)
      throw new DomainError('in_use', `${name} has ${UNDER_WAY} reports under way. Wait for one, or cancel one.`)
    const now = ctx.clock()
    const reportId = await insertReport(tx, {
      organizationId,
      requestedBy: ctx.actor.userId,
      format,
      since: from,
      until: to,
      timeZone,
      createdAt: now,
    })
    await recordAudit(tx, ctx.actor, {
      at: now,
      action: 'report.requested',
      organizationId,
      target: { type: 'organization', id: organizationId, name },
      details: { period: `${from.toISOString()} to ${to.toISOString()}`, format },
    })
    await ctx.enqueue(tx, { reportId })
    return { reportId }
  })
}
