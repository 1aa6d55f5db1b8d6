import { findActor } from '#lib/actor'
import { csvHeaders, streamOf } from '#lib/csv'
import { DomainError } from '#lib/errors'
import { openOrganization } from '#lib/organizations/load'
import { exportTokens } from '#lib/tokens/export'
import { homeOf } from '#lib/tokens/home'
import { loadTokenSearch } from '#lib/tokens/search'

/** The tokens that search and status filter find, as a file for spreadsheets. */
export async function GET(request: Request, { params }: RouteContext<'/o/[slug]/tokens/csv'>) {
  const ctx = await findActor()
  const refused = (status: number) => new Response(null, { status, headers: { 'cache-control': 'private, no-store' } })
  if (ctx === null) return refused(401)
  try {
    const organization = await openOrganization(ctx.db, ctx.actor, (await params).slug)
    const lines = exportTokens(ctx, homeOf(organization), loadTokenSearch(request))
    const day = ctx.clock().toISOString().slice(0, 10)
    return new Response(streamOf(lines), { headers: csvHeaders(`${organization.slug}-tokens-${day}.csv`) })
  } catch (error) {
    if (error instanceof DomainError) return refused(error.status)
    throw error
  }
}
