'use client'

import type { ReportActions } from '#components/reports/report-actions'
import { ReportForm } from '#components/reports/report-form'
import { ReportRow } from '#components/reports/report-row'
import { PageHeader } from '#components/shell/page-header'
import { counted } from '#components/tokens/counted'
import { useLiveRefresh } from '#components/tokens/use-live-refresh'
import { EmptyState } from '#components/ui/empty-state'
import type { ReportView } from '#lib/reports/view'

/** The page Reports of an organization, at `path`; it follows those that are being made. */
export function ReportsScreen({
  path,
  organization,
  reports,
  actions,
}: {
  path: string
  organization: { readonly id: string; readonly name: string }
  reports: readonly ReportView[]
  actions: ReportActions
}) {
  useLiveRefresh(`${path}/changes`)
  return (
    <>
      <PageHeader title="Reports" answer={<Answer name={organization.name} reports={reports} />} />
      <ReportForm organizationId={organization.id} requestReport={actions.requestReport} />
      {reports.length === 0 ? (
        <EmptyState
          heading="No reports yet"
          text="A report tells of every hour: a PDF to read and pass on, or a CSV to reckon with. It stays here for 30 days."
          className="pt-12"
        />
      ) : (
        <section aria-label="Past reports" className="mt-7">
          <h2 className="text-section">Past reports</h2>
          <ul aria-label="Past reports" className="mt-1 divide-y">
            {reports.map((report) => (
              <ReportRow key={report.id} path={path} report={report} cancelReport={actions.cancelReport} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Answer({ name, reports }: { name: string; reports: readonly ReportView[] }) {
  const underWay = reports.filter(({ state }) => state === 'waiting' || state === 'running').length
  const done = reports.filter(({ state }) => state === 'done').length
  if (reports.length === 0)
    return (
      <>
        Nobody asked for a report of <bdi>{name}</bdi> in the last 30 days.
      </>
    )
  return (
    <>
      <strong>{counted(done, 'report')}</strong> to download from the last 30 days
      {underWay > 0 && (
        <>
          , <strong>{underWay}</strong> being made
        </>
      )}
      .
    </>
  )
}
