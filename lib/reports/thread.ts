import { parentPort, workerData } from 'node:worker_threads'
import { openCsv } from '#lib/reports/csv-file'
import type { FileStep } from '#lib/reports/file'
import type { ReportOrder } from '#lib/reports/order'

// A thread that makes one file: of each step that comes it answers what the file gains.

const port = parentPort
if (port === null) throw new Error('this is the beginning of a thread')
const order: ReportOrder = workerData

const make = order.format === 'csv' ? openCsv() : (await import('#lib/reports/pdf-file')).openPdf(order)

port.on('message', (step: FileStep) => {
  // A copy of its own, whose memory goes with it.
  const bytes = Uint8Array.from(make(step))
  port.postMessage(bytes, [bytes.buffer])
})
