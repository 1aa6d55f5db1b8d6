'use server'

import { formAction } from '#lib/action'
import * as cancel from '#lib/reports/cancel'
import { enqueue } from '#lib/reports/enqueue'
import * as request from '#lib/reports/request'
import { ReportIdInput, RequestReportInput } from '#lib/reports/schema'

export const requestReport = formAction('requestReport', RequestReportInput, (ctx, input) =>
  request.requestReport({ ...ctx, enqueue }, input),
)
export const cancelReport = formAction('cancelReport', ReportIdInput, cancel.cancelReport)
