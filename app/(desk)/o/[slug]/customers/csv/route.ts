import { findActor } from '#lib/actor'
import { csvHeaders, streamOf } from '#lib/csv'
import { DomainError } from '#lib/errors'
import { exportCustomers } from '#lib/organizations/export-customers'
import { openOrganization } from '#lib/organizations/load'
import { loadCustomerSearch } from '#lib/organizations/search'

/** The organizations below that search and filter find, as a file for spreadsheets. */
export async function GET(request: Request, { params }: RouteContext<'/o/[slug]/customers/csv'>) {
  const ctx = await findActor()
  const refused = (status: number) => new Response(null, { status, headers: { 'cache-control': 'private, no-store' } })
  if (ctx === null) return refused(401)
  try {
    const organization = await openOrganization(ctx.db, ctx.actor, (await params).slug)
    const lines = exportCustomers(ctx, organization, loadCustomerSearch(request))
    const day = ctx.clock().toISOString().slice(0, 10)
    return new Response(streamOf(lines), { headers: csvHeaders(`${organization.slug}-customers-${day}.csv`) })
  } catch (error) {
    if (error instanceof DomainError) return refused(error.status)
    throw error
  }
}
