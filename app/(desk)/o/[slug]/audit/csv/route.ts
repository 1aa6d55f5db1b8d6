import { findActor } from '#lib/actor'
import { exportAuditEvents } from '#lib/audit/export'
import { loadAuditSearch } from '#lib/audit/search'
import { csvHeaders, streamOf } from '#lib/csv'
import { DomainError } from '#lib/errors'
import { openOrganization } from '#lib/organizations/load'

/** All events that the filters find, as a file for spreadsheets. */
export async function GET(request: Request, { params }: RouteContext<'/o/[slug]/audit/csv'>) {
  const ctx = await findActor()
  const refused = (status: number) => new Response(null, { status, headers: { 'cache-control': 'private, no-store' } })
  if (ctx === null) return refused(401)
  try {
    const organization = await openOrganization(ctx.db, ctx.actor, (await params).slug)
    const lines = await exportAuditEvents(ctx, organization, loadAuditSearch(request))
    const day = ctx.clock().toISOString().slice(0, 10)
    return new Response(streamOf(lines), { headers: csvHeaders(`${organization.slug}-audit-${day}.csv`) })
  } catch (error) {
    if (error instanceof DomainError) return refused(error.status)
    throw error
  }
}
