import type { ReportFormat, ReportState } from '#lib/reports/choices'

/** A report as the screen lists it. */
export type ReportView = {
  readonly id: string
  readonly format: ReportFormat
  readonly from: Date
  readonly to: Date
  readonly timeZone: string
  readonly state: ReportState
  /** From 0 to 100. */
  readonly progress: number
  /** Of the file; null until it is done. */
  readonly bytes: number | null
  readonly createdAt: Date
  readonly by: string
  readonly mayCancel: boolean
}
