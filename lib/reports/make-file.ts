import { Worker } from 'node:worker_threads'
import type { FileStep } from '#lib/reports/file'
import type { ReportOrder } from '#lib/reports/order'

export type FileMaker = {
  /** What a step adds to the file. Rejects where the thread failed or was ended. */
  make(step: FileStep): Promise<Uint8Array>
  /** Ends the thread, whatever it does. */
  end(): Promise<void>
}

/** A thread of its own that makes one file; what it may hold in memory is bounded, whatever it is given. */
export function openFileMaker(order: ReportOrder): FileMaker {
  const thread = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: order,
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 96 },
  })
  const ended = Promise.withResolvers<never>()
  ended.promise.catch(() => {})
  thread.on('error', ended.reject)
  thread.on('exit', () => ended.reject(new Error('the thread that makes the report ended')))
  return {
    async make(step) {
      const answered = Promise.withResolvers<Uint8Array>()
      thread.once('message', answered.resolve)
      thread.postMessage(step)
      return Promise.race([answered.promise, ended.promise])
    },
    end: async () => {
      await thread.terminate()
    },
  }
}
