import { Download } from 'lucide-react'
import { Answer } from '#components/analytics/answer'
import { CustomerUsageList } from '#components/analytics/customers'
import { Locked } from '#components/analytics/locked'
import { NoRequests } from '#components/analytics/no-requests'
import { PeriodChoices } from '#components/analytics/period-choices'
import { ByToken, ExtendedRankings, Refusals } from '#components/analytics/rankings'
import { RequestsChart } from '#components/analytics/requests-chart'
import { WeekdayHours } from '#components/analytics/weekday-hours'
import { effectiveName } from '#components/organizations/tier-words'
import { PageHeader } from '#components/shell/page-header'
import { buttonVariants } from '#components/ui/button'
import { cn } from '#components/ui/cn'
import { Notice } from '#components/ui/notice'
import type { ListPage } from '#lib/lists/view'
import type { TierView } from '#lib/organizations/view'
import type { TokenFormOptions } from '#lib/tokens/view'
import { type AnalyticsSearch, analyticsHref } from '#lib/usage/search'
import type { Analytics, CustomerUsage } from '#lib/usage/view'

/** The page Analytics of an organization; all of it is drawn by the server and readable without scripts. */
export function AnalyticsScreen({
  slug,
  search,
  refused,
  analytics,
  customers,
  options: { tier, ask },
}: {
  slug: string
  search: AnalyticsSearch
  /** Why another period is shown than was asked for; null: it is not. */
  refused: string | null
  analytics: Analytics
  /** null: nothing stands below, or whoever looks does not see it. */
  customers: ListPage<CustomerUsage> | null
  options: Pick<TokenFormOptions, 'ask'> & { readonly tier: TierView | null }
}) {
  const path = `/o/${slug}/analytics`
  const { shown, totals, extended } = analytics
  const isAbove = customers !== null && customers.total > 0
  return (
    <>
      <PageHeader
        title="Analytics"
        answer={<Answer analytics={analytics} isAbove={isAbove} />}
        actions={
          // Not a page: the browser stays where it is and saves what comes.
          <a
            href={analyticsHref(`${path}/csv`, search, {})}
            className={cn(buttonVariants({ variant: 'quiet' }), '-mr-3.25 print:hidden')}
          >
            <Download aria-hidden />
            Download CSV
          </a>
        }
      />
      <PeriodChoices path={path} search={search} shown={shown} />
      {refused !== null && <Notice className="mb-4">{refused} The last 30 days are shown instead.</Notice>}
      {totals.requests === 0 ? (
        !isAbove && <NoRequests slug={slug} tokens={analytics.tokens} />
      ) : (
        <div className="grid gap-3.5 lg:grid-cols-6 print:block print:space-y-3.5">
          <RequestsChart shown={shown} buckets={analytics.buckets} className="lg:col-span-4 print:break-inside-avoid" />
          <Refusals totals={totals} extended={extended} className="lg:col-span-2" />
          {analytics.week && (
            <WeekdayHours shown={shown} week={analytics.week} className="lg:col-span-4 print:break-inside-avoid" />
          )}
          <ByToken
            byToken={analytics.byToken}
            slug={slug}
            className={analytics.week ? 'lg:col-span-2' : 'lg:col-span-6'}
          />
          {extended && <ExtendedRankings extended={extended} tier={tier} />}
        </div>
      )}
      {extended === null && tier !== null && <Locked tier={effectiveName(tier)} ask={ask} />}
      {isAbove && <CustomerUsageList path={path} search={search} page={customers} compares={extended !== null} />}
    </>
  )
}
