import { z } from 'zod'
import { operation } from '#lib/api/operation'
import { OrganizationReference, resolveOrganization } from '#lib/api/organization'
import { notACursor } from '#lib/api/page'
import { Instant } from '#lib/instant'
import { isCursorOf, parseUsageCursor, type UsageCursor, usageCursor } from '#lib/usage/cursor'
import { defaultPeriod } from '#lib/usage/period'
import { GROUPINGS, INTERVALS, type UsageQuestion, type UsageRow } from '#lib/usage/question'
import { listUsage } from '#lib/usage/read'

const HOUR_MS = 3_600_000

const count = z.int().nonnegative()
const group = (what: string) => z.string().optional().describe(`${what}; only where it is grouped by that.`)

const Row = z
  .strictObject({
    start: z.iso.datetime().describe('The beginning of the hour or day, in UTC.'),
    token: group("The token's id; `personal`: all personal tokens, `above`: those of organizations above"),
    outcome: group('`active`, or the reason why it was refused'),
    endpoint: group('What was asked for'),
    resource: group('What it was asked for, such as `device:<id>`'),
    ip: group('Where it came from'),
    userAgent: group('What it called itself'),
    requests: count,
    active: count.describe('Those that were answered with active.'),
    refused: count,
  })
  .meta({ id: 'Usage' })

export const readUsageOperation = operation({
  name: 'readUsage',
  method: 'GET',
  path: '/api/v1/usage',
  scope: 'data:read',
  summary:
    "Tells what an organization's tokens were used for, by hour or day in UTC; rows are there only for what came.",
  params: z.strictObject({}),
  query: z.strictObject({
    organization: OrganizationReference,
    from: Instant.optional().describe(
      'A date, meaning its start in UTC, or a date and time. Absent: 7 days before `to`.',
    ),
    to: Instant.optional().describe('Exclusive, at most 366 days later. Absent: the end of the present hour.'),
    interval: z.enum(INTERVALS).default('day'),
    groupBy: z
      .enum(GROUPINGS)
      .optional()
      .describe('`endpoint`, `resource`, `ip` and `userAgent` need a tier with extended metrics.'),
    limit: z
      .string()
      .regex(/^(?:[1-9]\d{0,2}|1000)$/, 'Give a whole number from 1 to 1000.')
      .transform(Number)
      .default(100)
      .describe('How many to answer at most, 1 to 1000.'),
    cursor: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,6000}$/, 'This is not a cursor.')
      .optional()
      .describe('Where the page begins: `nextCursor` of the page before, with everything else unchanged.'),
  }),
  body: null,
  answers: {
    200: z.strictObject({
      organizationId: z.string(),
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      interval: z.enum(INTERVALS),
      groupBy: z.enum(GROUPINGS).nullable(),
      data: z.array(Row).describe('By start, then by group.'),
      nextCursor: z.string().nullable().describe('For the next page; null: this is the last.'),
    }),
    304: null,
  },
  problems: ['not_found', 'organization_required', 'tier_required'],
  async run(ctx, { organization, interval, groupBy = null, limit, cursor: text, ...asked }) {
    const cursor = text === undefined ? null : parseUsageCursor(text)
    if (cursor === null && text !== undefined) throw notACursor()
    const { id: organizationId } = await resolveOrganization(ctx, organization)
    const period = periodOf(asked, cursor, ctx.clock())
    const question: UsageQuestion = { organizationId, ...period, interval, groupBy, timeZone: 'UTC' }
    if (cursor !== null && !isCursorOf(cursor, question)) throw notACursor()
    const { rows, next } = await listUsage(ctx, question, { cursor: cursor?.place ?? null, limit })
    const { from, to } = period
    const times = { from: from.toISOString(), to: to.toISOString() }
    const data = rows.map((row) => rowOf(row, question))
    const nextCursor = next && usageCursor(question, next)
    return { status: 200, body: { organizationId, ...times, interval, groupBy, data, nextCursor }, keep: true }
  },
})

/** What was not said is what it was for the page before: between pages an hour may pass. */
function periodOf(
  { from, to }: { from?: Date | undefined; to?: Date | undefined },
  cursor: UsageCursor | null,
  now: Date,
) {
  const end = to ?? cursor?.period.to ?? new Date((Math.floor(now.getTime() / HOUR_MS) + 1) * HOUR_MS)
  return defaultPeriod(from ?? cursor?.period.from, end)
}

const rowOf = ({ start, group, requests, active, refused }: UsageRow, { groupBy }: UsageQuestion) => ({
  start: start.toISOString(),
  ...(groupBy === null ? {} : { [groupBy]: group ?? '' }),
  ...{ requests, active, refused },
})
