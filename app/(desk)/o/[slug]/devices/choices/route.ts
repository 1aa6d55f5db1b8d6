import { findActor } from '#lib/actor'
import { findDeviceChoices } from '#lib/devices/list'
import { DomainError } from '#lib/errors'
import { loadListSearch } from '#lib/lists/search'
import { openOrganization } from '#lib/organizations/load'

/** The first devices that `?q=` finds, for those who may narrow something to them: what the field Devices asks. */
export async function GET(request: Request, { params }: RouteContext<'/o/[slug]/devices/choices'>) {
  const ctx = await findActor()
  const headers = { 'cache-control': 'private, no-store' }
  if (ctx === null) return new Response(null, { status: 401, headers })
  try {
    const organization = await openOrganization(ctx.db, ctx.actor, (await params).slug)
    return Response.json(await findDeviceChoices(ctx, organization, loadListSearch(request).q), { headers })
  } catch (error) {
    if (error instanceof DomainError) return new Response(null, { status: error.status, headers })
    throw error
  }
}
