import type { Metadata } from 'next'
import { AuditScreen } from '#components/audit/audit-screen'
import { listAuditEvents } from '#lib/audit/list'
import { loadAuditSearch } from '#lib/audit/search'
import { orNotFound } from '../../../or-not-found'
import { openDesk } from '../desk'

export const metadata: Metadata = { title: 'Audit log' }

/** Who did what to what in an organization and below, for its admins and those above. */
export default async function AuditLogPage({ params, searchParams }: PageProps<'/o/[slug]/audit'>) {
  const { slug } = await params
  const { ctx, organization } = await openDesk(slug)
  const search = await loadAuditSearch(searchParams)
  const page = await orNotFound(listAuditEvents(ctx, organization, search))
  const { name, kind } = organization
  return <AuditScreen path={`/o/${slug}/audit`} organization={{ name, kind }} page={page} search={search} />
}
