import { cookies } from 'next/headers'
import { findActor } from '#lib/actor'
import { csvHeaders, streamOf } from '#lib/csv'
import { DomainError } from '#lib/errors'
import { openOrganization } from '#lib/organizations/load'
import { ZONE_COOKIE } from '#lib/usage/choices'
import { exportAnalytics } from '#lib/usage/export'
import { loadAnalyticsSearch, shownPeriod } from '#lib/usage/search'
import { zoneFrom } from '#lib/usage/zone'

/** What Analytics shows, as a file for spreadsheets. */
export async function GET(request: Request, { params }: RouteContext<'/o/[slug]/analytics/csv'>) {
  const ctx = await findActor()
  const refused = (status: number) => new Response(null, { status, headers: { 'cache-control': 'private, no-store' } })
  if (ctx === null) return refused(401)
  try {
    const organization = await openOrganization(ctx.db, ctx.actor, (await params).slug)
    const search = loadAnalyticsSearch(request)
    const { shown } = shownPeriod(search, ctx.clock(), zoneFrom((await cookies()).get(ZONE_COOKIE)?.value))
    const lines = await exportAnalytics(ctx, organization, { shown, search })
    const day = ctx.clock().toISOString().slice(0, 10)
    return new Response(streamOf(lines), { headers: csvHeaders(`${organization.slug}-analytics-${day}.csv`) })
  } catch (error) {
    if (error instanceof DomainError) return refused(error.status)
    throw error
  }
}
