import { selectUsage } from '#db/queries/usage-read'
import { earlier, later, requirePeriod, runsOfDays } from '#lib/usage/period'
import { requireTimeZone, type UsageQuestion, type UsageRow } from '#lib/usage/question'
import { seeUsage, type UsageContext } from '#lib/usage/see'

/** A row's place in an answer. */
export type UsagePlace = Pick<UsageRow, 'start' | 'group'>

const ROWS_AT_ONCE = 500
// Groups are summed for so many days at once: few enough for little memory, many enough for few queries.
const DAYS_AT_ONCE = { hour: 7, day: 31 } as const

/**
 * One page of what an organization's tokens were used for, in the order of start and group; `next` is where the page after
 * it begins, null at the end. Rows are there only for what came.
 * @throws DomainError `not_found`, `tier_required`, `invalid`
 */
export async function listUsage(
  ctx: UsageContext,
  question: UsageQuestion,
  { cursor, limit }: { readonly cursor: UsagePlace | null; readonly limit: number },
): Promise<{ rows: readonly UsageRow[]; next: UsagePlace | null }> {
  await judge(ctx, question)
  const rows: UsageRow[] = []
  for await (const some of rowsOf(ctx, question, cursor, limit + 1)) {
    rows.push(...some)
    if (rows.length > limit) break
  }
  const page = rows.slice(0, limit)
  return { rows: page, next: rows.length > limit ? (page.at(-1) ?? null) : null }
}

/**
 * All of it, at most 500 rows at a time and no more of it in memory than that, however long the period. What is counted
 * meanwhile may be in it or not.
 * @throws DomainError as `listUsage`, at once
 */
export async function streamUsage(
  ctx: UsageContext,
  question: UsageQuestion,
): Promise<AsyncGenerator<readonly UsageRow[]>> {
  await judge(ctx, question)
  return rowsOf(ctx, question, null, ROWS_AT_ONCE)
}

async function judge(ctx: UsageContext, question: UsageQuestion): Promise<void> {
  await seeUsage(ctx, question.organizationId, question.groupBy)
  requirePeriod(question)
  requireTimeZone(question.timeZone)
}

async function* rowsOf(
  { db }: UsageContext,
  question: UsageQuestion,
  cursor: UsagePlace | null,
  atOnce: number,
): AsyncGenerator<readonly UsageRow[]> {
  let after = cursor
  for (const slice of slicesOf(question, cursor)) {
    for (;;) {
      const rows = await selectUsage(db, { ...slice, after }, atOnce)
      if (rows.length > 0) yield rows
      after = rows.at(-1) ?? after
      if (rows.length < atOnce) break
    }
  }
}

function* slicesOf(question: UsageQuestion, cursor: UsagePlace | null) {
  const { organizationId, groupBy, timeZone, interval, to } = question
  const from = cursor === null ? question.from : later(cursor.start, question.from)
  for (const days of runsOfDays({ from, to }, timeZone, DAYS_AT_ONCE[interval])) {
    const [first = from] = days.starts
    const within = { from: later(from, first), to: earlier(days.end, to) }
    const starts = interval === 'hour' ? null : days.starts
    yield { organizationId, groupBy, ...within, days: starts }
  }
}
