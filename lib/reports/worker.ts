import { openDatabase } from '#db/client'
import { listUnfinishedReports } from '#db/queries/reports'
import { openWorker } from '#db/queue'
import { type Clock, systemClock } from '#lib/clock'
import type { Log } from '#lib/log'
import { REPORT_QUEUE, ReportJob } from '#lib/reports/job'
import type { Renderer } from '#lib/reports/renderer'
import { runReport } from '#lib/reports/run'

type Options = {
  readonly databaseUrl: string
  readonly renderer: Renderer
  readonly log: Log
  readonly clock?: Clock
}

/**
 * Makes the reports that wait, two at a time; again, where one could not even be told as failed. Those that a process left behind when it ended, whatever they had come to,
 * are made anew at the start. Gives what ends it.
 */
export async function openReports({ databaseUrl, renderer, log, clock = systemClock }: Options) {
  const db = openDatabase(databaseUrl, { connections: 3 })
  const ending = new AbortController()
  const work = async (data: unknown) => {
    const { reportId } = ReportJob.parse(data)
    try {
      const ended = await runReport({ db, clock, renderer, signal: ending.signal }, reportId)
      if (ended !== null) log.error({ reportId, error: ended.failed }, 'a report could not be made')
    } catch (error) {
      if (ending.signal.aborted) return
      log.warn({ reportId, error }, 'a report is to be made again')
      throw error
    }
  }
  try {
    const end = await openWorker(
      {
        url: databaseUrl,
        queue: REPORT_QUEUE,
        atOnce: 2,
        longestSeconds: 3_600,
        startsOver: true,
        onError: (error) => log.error({ error }, 'the queue of reports is disturbed'),
      },
      work,
      async () => (await listUnfinishedReports(db)).map(({ id }): ReportJob => ({ reportId: id })),
    )
    return async () => {
      ending.abort(new Error('the server ends'))
      await end()
      await db.close()
    }
  } catch (error) {
    await db.close()
    throw error
  }
}
