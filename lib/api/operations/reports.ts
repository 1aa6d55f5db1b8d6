import { z } from 'zod'
import { operation } from '#lib/api/operation'
import { OrganizationReference, resolveOrganization } from '#lib/api/organization'
import { Instant } from '#lib/instant'
import { log } from '#lib/log'
import type { ReportFormat } from '#lib/reports/choices'
import { streamReport } from '#lib/reports/stream'
import { shared } from '#lib/server/shared'
import { defaultPeriod } from '#lib/usage/period'

const reportOperation = (format: ReportFormat, mediaType: string, summary: string) =>
  operation({
    name: `usageReport${format === 'pdf' ? 'Pdf' : 'Csv'}`,
    method: 'GET',
    path: `/api/v1/reports/usage.${format}`,
    scope: 'reports:read',
    summary,
    params: z.strictObject({}),
    query: z.strictObject({
      organization: OrganizationReference,
      from: Instant.optional().describe('A date means its start in UTC. Absent: a week before `to`.'),
      to: Instant.optional().describe('Not part of the period, which has at most 366 days. Absent: now.'),
      timeZone: z.string().max(64).default('UTC').describe('By whose days it is told: an IANA name, as Europe/Berlin.'),
    }),
    body: null,
    answers: { 200: z.string() },
    mediaType,
    problems: ['not_found', 'organization_required', 'invalid', 'too_often', 'busy'],
    async run(ctx, { organization, from, to = ctx.clock(), ...asking }) {
      const of = await resolveOrganization(ctx, organization)
      const onError = (error: unknown) => log().error({ organizationId: of.id, error }, 'a report ended before its end')
      const { timeZone, signal, headOnly } = asking
      const by = { ...ctx, renderer: shared('renderer'), signal, headOnly, onError }
      const { headers, body } = await streamReport(by, of, { ...defaultPeriod(from, to), timeZone, format })
      return new Response(body, { headers })
    },
  })

export const usageReportPdf = reportOperation('pdf', 'application/pdf', 'Streams a report of usage as PDF.')

export const usageReportCsv = reportOperation(
  'csv',
  'text/csv',
  'Streams hourly usage as CSV: start, token id, token name, outcome, count.',
)
