import * as queries from '#db/queries/reports'
import type { Context } from '#lib/context'
import { DomainError } from '#lib/errors'
import { holdOrganization } from '#lib/organizations/hold'
import type { ReportIdInput } from '#lib/reports/schema'
import { mayCancel, seeReport } from '#lib/reports/see'

/**
 * Cancels a report that waits or is being made; its rendering ends within a second. One that is finished stays as it is.
 * @throws DomainError `not_found`, `forbidden` for those who neither asked for it nor manage tokens there
 */
export async function cancelReport(ctx: Context, { reportId }: ReportIdInput): Promise<null> {
  return ctx.db.transaction(async (tx) => {
    const { report } = await seeReport(tx, ctx.actor, reportId)
    const { organization, actor } = await holdOrganization(tx, ctx, report.organizationId, 'tokens.see')
    if (!mayCancel(actor, report.requestedBy, organization))
      throw new DomainError('forbidden', `Only ${report.requester} and admins of ${organization.name} can cancel it.`)
    await queries.cancelReport(tx, reportId, ctx.clock())
    return null
  })
}
