import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { AnalyticsScreen } from '#components/analytics/analytics-screen'
import { TellTimeZone } from '#components/analytics/tell-time-zone'
import { readAnalytics } from '#lib/usage/analytics'
import { listCustomerUsage, seesBelow } from '#lib/usage/below'
import { ZONE_COOKIE } from '#lib/usage/choices'
import { loadAnalyticsSearch, shownPeriod } from '#lib/usage/search'
import { zoneFrom } from '#lib/usage/zone'
import { orNotFound } from '../../../or-not-found'
import { openDesk, openOptions } from '../desk'

export const metadata: Metadata = { title: 'Analytics' }

/** What an organization's tokens were used for, for everyone who sees them; and for its admins what came of those below. */
export default async function AnalyticsPage({ params, searchParams }: PageProps<'/o/[slug]/analytics'>) {
  const { slug } = await params
  const { ctx, organization } = await openDesk(slug)
  const search = await loadAnalyticsSearch(searchParams)
  const timeZone = zoneFrom((await cookies()).get(ZONE_COOKIE)?.value)
  const { shown, refused } = shownPeriod(search, ctx.clock(), timeZone)
  const [options, analytics, customers] = await Promise.all([
    openOptions(slug),
    orNotFound(readAnalytics(ctx, organization, shown)),
    seesBelow(ctx, organization) ? orNotFound(listCustomerUsage(ctx, organization, { shown, search })) : null,
  ])
  return (
    <>
      <TellTimeZone used={timeZone} />
      <AnalyticsScreen
        slug={slug}
        search={search}
        refused={refused}
        analytics={analytics}
        customers={customers}
        options={{ tier: options.tier, ask: options.ask }}
      />
    </>
  )
}
