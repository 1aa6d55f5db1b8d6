import type { Transaction } from '#db/client'
import { sendJob } from '#lib/jobs/send'
import { REPORT_QUEUE, type ReportJob } from '#lib/reports/job'

/** Has a report made once the transaction is committed, and not otherwise. */
export type Enqueue = (tx: Transaction, job: ReportJob) => Promise<void>

/** The desk's way to the reports that wait. */
export const enqueue: Enqueue = (tx, job) => sendJob(tx, REPORT_QUEUE, job)
