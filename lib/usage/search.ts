import { createLoader, createParser, createSerializer, type inferParserType, parseAsStringLiteral } from 'nuqs/server'
import { z } from 'zod'
import { dayAfter, earlier, endsInDays, localDay, MOST_DAYS, type Period, startOfDay } from '#lib/usage/period'
import type { Interval } from '#lib/usage/question'

/** The last so much, in the order in which it is shown. */
export const PERIODS = ['24h', '7d', '30d', '90d'] as const
export type PeriodName = (typeof PERIODS)[number]

const SORTS = ['name', '-name', 'requests', '-requests', 'refused', '-refused', 'change', '-change'] as const
export type CustomerUsageSort = (typeof SORTS)[number]

/** The order of customers that is shown: where there is no comparison with the time before, none is by it. */
export const shownSort = (sort: CustomerUsageSort, compares: boolean): CustomerUsageSort =>
  !compares && sort.endsWith('change') ? '-requests' : sort

const HOUR_MS = 3_600_000
const DAYS = { '7d': 7, '30d': 30, '90d': 90 } as const

const text = (parse: (value: string) => string | null) => createParser<string>({ parse, serialize: (value) => value })
const Day = z.iso.date().refine((day) => day >= '1970-01-02' && day < '9999-01-01')
const day = text((value) => Day.safeParse(value).data ?? null)
const id = text((value) => z.uuid().safeParse(value).data ?? null)

/**
 * The state of Analytics in the URL: `period` is the last so much; `first` and `last` are days, both included, where the
 * reader is, and count before it where both are there; `sort`, `after`, `before` and `at` are the list of customers'. What
 * does not parse is taken as absent.
 */
export const analyticsSearchParsers = {
  period: parseAsStringLiteral(PERIODS).withDefault('30d'),
  first: day,
  last: day,
  sort: parseAsStringLiteral(SORTS).withDefault('-requests'),
  after: id,
  before: id,
  at: parseAsStringLiteral(['end'] as const),
}

export type AnalyticsSearch = inferParserType<typeof analyticsSearchParsers>

/** Reads the state of Analytics from a page's `searchParams` or from any URL. */
export const loadAnalyticsSearch = createLoader(analyticsSearchParsers)

const serialize = createSerializer(analyticsSearchParsers)

/** A link to Analytics at `path` with something changed: defaults leave the URL, as does the list's page unless given. */
export const analyticsHref = (path: string, search: AnalyticsSearch, change: Partial<AnalyticsSearch>): string =>
  serialize(path, { ...search, after: null, before: null, at: null, ...change })

/** What is shown: `name` null where days were chosen; the first and last day, both included, where the reader is. */
export type Shown = Period & {
  readonly name: PeriodName | null
  readonly interval: Interval
  readonly timeZone: string
  readonly first: string
  readonly last: string
}

/** The period that a URL asks for at this moment where the reader is; `refused` says why it is the usual one instead. */
export function shownPeriod(
  { period, first, last }: Pick<AnalyticsSearch, 'period' | 'first' | 'last'>,
  now: Date,
  timeZone: string,
): { readonly shown: Shown; readonly refused: string | null } {
  if (first === null || last === null) return { shown: lately(period, now, timeZone), refused: null }
  const usual = { shown: lately('30d', now, timeZone) }
  if (last < first) return { ...usual, refused: 'That period ends before it begins.' }
  if (dayAfter(first, MOST_DAYS) <= last) return { ...usual, refused: `A period has at most ${MOST_DAYS} days.` }
  const [from, end, next] = [startOfDay(first, timeZone), startOfDay(dayAfter(last), timeZone), nextHour(now)]
  if (from >= next) return { ...usual, refused: 'That period is yet to come.' }
  const to = earlier(end, next)
  const interval = endsInDays({ from, to }, 7) ? 'hour' : 'day'
  return { shown: shownOf({ from, to, timeZone, name: null, interval }), refused: null }
}

// Hours are whole, so that the same time before has as many.
const nextHour = (now: Date) => new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS + HOUR_MS)

function lately(name: PeriodName, now: Date, timeZone: string): Shown {
  const to = nextHour(now)
  if (name === '24h')
    return shownOf({ from: new Date(to.getTime() - 24 * HOUR_MS), to, name, timeZone, interval: 'hour' })
  const from = startOfDay(dayAfter(localDay(now, timeZone), 1 - DAYS[name]), timeZone)
  return shownOf({ from, to, name, timeZone, interval: name === '7d' ? 'hour' : 'day' })
}

const shownOf = (shown: Omit<Shown, 'first' | 'last'>): Shown => ({
  ...shown,
  first: localDay(shown.from, shown.timeZone),
  last: localDay(new Date(shown.to.getTime() - 1), shown.timeZone),
})
