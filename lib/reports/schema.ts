import { z } from 'zod'
import { REPORT_FORMATS } from '#lib/reports/choices'

const instant = z.iso.datetime('Choose a day.').transform((text) => new Date(text))

/** A report of an organization's usage from one instant to another, which is not part of it. */
export const RequestReportInput = z.strictObject({
  organizationId: z.uuid(),
  format: z.enum(REPORT_FORMATS),
  from: instant,
  to: instant,
  timeZone: z.string().max(64),
})
export type RequestReportInput = z.input<typeof RequestReportInput>

export const ReportIdInput = z.strictObject({ reportId: z.uuid() })
export type ReportIdInput = z.infer<typeof ReportIdInput>
