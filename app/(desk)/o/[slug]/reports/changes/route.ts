import { findActor } from '#lib/actor'
import { DomainError } from '#lib/errors'
import { openOrganization } from '#lib/organizations/load'
import { reportsVersion } from '#lib/reports/list'

/** A text that changes whenever the list of reports would look different: what an open page asks every second. */
export async function GET(_request: Request, { params }: RouteContext<'/o/[slug]/reports/changes'>) {
  const ctx = await findActor()
  const headers = { 'cache-control': 'private, no-store', 'content-type': 'text/plain; charset=utf-8' }
  if (ctx === null) return new Response(null, { status: 401, headers })
  try {
    const organization = await openOrganization(ctx.db, ctx.actor, (await params).slug)
    return new Response(await reportsVersion(ctx, organization), { headers })
  } catch (error) {
    if (error instanceof DomainError) return new Response(null, { status: error.status, headers })
    throw error
  }
}
