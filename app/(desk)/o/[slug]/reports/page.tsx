import type { Metadata } from 'next'
import { ReportsScreen } from '#components/reports/reports-screen'
import { listReports } from '#lib/reports/list'
import { orNotFound } from '../../../or-not-found'
import { openDesk } from '../desk'
import * as actions from './actions'

export const metadata: Metadata = { title: 'Reports' }

/** An organization's reports of the last 30 days, and a form that asks for one. */
export default async function ReportsPage({ params }: PageProps<'/o/[slug]/reports'>) {
  const { slug } = await params
  const { ctx, organization } = await openDesk(slug)
  const reports = await orNotFound(listReports(ctx, organization))
  return (
    <ReportsScreen
      path={`/o/${slug}/reports`}
      organization={{ id: organization.id, name: organization.name }}
      reports={reports}
      actions={actions}
    />
  )
}
