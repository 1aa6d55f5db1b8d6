import type { ReportIdInput, RequestReportInput } from '#lib/reports/schema'
import type { Action } from '#lib/result'

/** The server actions on reports. */
export type ReportActions = {
  readonly requestReport: Action<RequestReportInput, { readonly reportId: string }>
  readonly cancelReport: Action<ReportIdInput, null>
}
