import type { Context } from '#lib/context'
import { CSV_MARK, type CsvCell, csvLine } from '#lib/csv'
import type { Organization } from '#lib/organizations/load'
import { readAnalytics } from '#lib/usage/analytics'
import { listCustomerUsage, seesBelow } from '#lib/usage/below'
import { EXTENDED, weekdayHourWords } from '#lib/usage/choices'
import type { AnalyticsSearch, Shown } from '#lib/usage/search'
import type { Analytics } from '#lib/usage/view'

const COLUMNS = ['View', 'Start', 'Name', 'Requests', 'Good', 'Refused']

/**
 * What Analytics shows as CSV, a line for each bar and row of it: the view that it is of, where it begins or what it is
 * called, and its numbers; of customers all, not a page.
 * @throws DomainError `not_found`, at once
 */
export async function exportAnalytics(
  ctx: Context,
  organization: Organization,
  { shown, search }: { readonly shown: Shown; readonly search: AnalyticsSearch },
): Promise<AsyncGenerator<string>> {
  const analytics = await readAnalytics(ctx, organization, shown)
  const below = seesBelow(ctx, organization)
    ? await listCustomerUsage(ctx, organization, { shown, search, all: true })
    : null
  const customers = below?.rows.map(({ name, requests, refused }): readonly CsvCell[] => [
    ...['Customers', null, name],
    ...[requests, requests - refused, refused],
  ])
  return linesOf([...rowsOf(analytics), ...(customers ?? [])])
}

async function* linesOf(rows: readonly (readonly CsvCell[])[]) {
  yield CSV_MARK + csvLine(COLUMNS)
  for (let at = 0; at < rows.length; at += 1000)
    yield rows
      .slice(at, at + 1000)
      .map(csvLine)
      .join('')
}

function* rowsOf({ shown, buckets, week, totals, byToken, extended }: Analytics): Generator<readonly CsvCell[]> {
  for (const { start, active, refused } of buckets)
    yield [`Requests by ${shown.interval}`, start, null, active + refused, active, refused]
  // All else begins at an instant.
  const when = `When, by hour (${shown.timeZone})`
  for (const { weekday, hour, active, refused } of week ?? [])
    yield [when, null, weekdayHourWords({ weekday, hour }), active + refused, active, refused]
  for (const { outcome, count } of totals.refusals) yield ['Why refused', null, outcome, count, 0, count]
  for (const { name, requests, active, refused } of byToken.top)
    yield ['By token', null, name, requests, active, refused]
  if (extended === null) return
  for (const by of EXTENDED)
    for (const { group, requests, active, refused } of extended[by].top)
      yield [VIEWS[by], null, group, requests, active, refused]
}

const VIEWS = { endpoint: 'By endpoint', resource: 'By resource', ip: 'By address', userAgent: 'By user agent' }
