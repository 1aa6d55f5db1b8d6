/** How long a report is kept, in days. */
export const REPORTS_KEPT_DAYS = 30

export const REPORT_FORMATS = ['pdf', 'csv'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

/** The periods that are offered, in days up to today; `custom` is from one day to another. */
export const REPORT_PERIODS = { week: 7, month: 30, quarter: 90, year: 365, custom: null } as const
export type ReportPeriodName = keyof typeof REPORT_PERIODS

export type ReportState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
