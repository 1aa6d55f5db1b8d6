import { listReports as selectReports } from '#db/queries/reports'
import { can } from '#lib/authorization'
import type { Context } from '#lib/context'
import { notFound } from '#lib/errors'
import type { Organization } from '#lib/organizations/load'
import { REPORTS_KEPT_DAYS } from '#lib/reports/choices'
import { mayCancel } from '#lib/reports/see'
import type { ReportView } from '#lib/reports/view'

const DAY_MS = 86_400_000
const AT_MOST = 100

type Seeing = Pick<Context, 'db' | 'actor' | 'clock'>

/**
 * The reports of an organization of the last 30 days, the latest first; the latest 100, where there are more.
 * @throws DomainError `not_found`
 */
export async function listReports({ db, actor, clock }: Seeing, organization: Organization): Promise<ReportView[]> {
  if (!can(actor, 'tokens.see', organization)) throw notFound()
  const since = new Date(clock().getTime() - REPORTS_KEPT_DAYS * DAY_MS)
  const rows = await selectReports(db, organization.id, since, AT_MOST)
  return rows.map(({ since: from, until: to, requestedBy, requester, ...row }) => ({
    ...row,
    ...{ from, to, by: requester },
    mayCancel: mayCancel(actor, requestedBy, organization),
  }))
}

/**
 * A text that changes whenever the list would look different.
 * @throws DomainError `not_found`
 */
export async function reportsVersion(ctx: Seeing, organization: Organization): Promise<string> {
  const reports = await listReports(ctx, organization)
  return reports.map(({ id, state, progress }) => `${id} ${state} ${progress}`).join('\n')
}
