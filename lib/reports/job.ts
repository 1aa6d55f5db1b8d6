import { z } from 'zod'

/** The queue that reports wait in. */
export const REPORT_QUEUE = 'reports'

export const ReportJob = z.strictObject({ reportId: z.uuid() })
export type ReportJob = z.infer<typeof ReportJob>
