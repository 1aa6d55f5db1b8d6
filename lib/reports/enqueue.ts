import { openDatabase, type Transaction } from '#db/client'
import { openSender, type Sender } from '#db/queue'
import { env } from '#lib/env'
import { REPORT_QUEUE, type ReportJob } from '#lib/reports/job'

/** Has a report made once the transaction is committed, and not otherwise. */
export type Enqueue = (tx: Transaction, job: ReportJob) => Promise<void>

// The framework may load this module more than once in a process; one is enough all the same.
const holder = globalThis as typeof globalThis & { tokenryReportSender?: Promise<Sender> | undefined }

/** The desk's way to the reports that wait. */
export const enqueue: Enqueue = async (tx, job) => {
  holder.tokenryReportSender ??= openSender(ownConnection(), REPORT_QUEUE)
  const sender = await holder.tokenryReportSender.catch((error: unknown) => {
    holder.tokenryReportSender = undefined
    throw error
  })
  await sender.send(tx, job)
}

// The transactions of the desk may hold all of its connections while they wait for the one that opens this.
function ownConnection() {
  const url = env().databaseUrl
  if (url === undefined) throw new Error('DATABASE_URL is set by the server before the desk starts')
  return openDatabase(url, { connections: 1 })
}
