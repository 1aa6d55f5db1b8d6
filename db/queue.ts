import { sql } from 'drizzle-orm'
import { fromDrizzle, PgBoss } from 'pg-boss'
import postgres from 'postgres'
import type { Database, Transaction } from '#db/client'

// Jobs lie in a schema of their own, `pgboss`, which pg-boss makes and brings up to date by itself.

const DAY_SECONDS = 86_400

/** How long and how often a job that failed is tried again, in seconds. */
export type Patience = { readonly first: number; readonly longest: number; readonly times: number }

/** For about a day: after a few seconds at first, after a quarter of an hour in the end. */
const USUAL: Patience = { first: 2, longest: 900, times: 112 }

type Options = {
  readonly url: string
  readonly queue: string
  readonly patience?: Patience
  /** How many jobs are worked off side by side; one, unless told. */
  readonly atOnce?: number
  /** After how long a job counts as failed; 300, unless told. */
  readonly longestSeconds?: number
  /** The jobs of a process before are forgotten: `lost` names all that there are. */
  readonly startsOver?: boolean
  /** Is told what pg-boss complains of outside of any job, such as a database that is away. */
  readonly onError: (error: unknown) => void
}

/**
 * Works off a queue, one job after the other or some side by side, until what it gives is called. A job whose work fails is tried again
 * later; of one that was done nothing stays. `work` may be called twice for one job, as after a crash. Jobs that `lost`
 * names are added before the first is worked off, unless they wait already.
 */
export async function openWorker(
  options: Options,
  work: (data: unknown) => Promise<void>,
  lost: () => Promise<readonly object[]>,
): Promise<() => Promise<void>> {
  const { url, queue, patience = USUAL, atOnce = 1, longestSeconds = 300, startsOver = false, onError } = options
  // One connection: pg-boss brings its schema up to date with BEGIN and COMMIT in one statement.
  const client = postgres(url, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: 'tokenry' },
    types: { json: WRITTEN_JSON },
  })
  const db = {
    async executeSql(text: string, values?: unknown[]) {
      const result = await client.unsafe(text, values?.map(parameter))
      return { rows: [...result].flat() }
    },
  }
  const boss = new PgBoss({ db, schedule: false })
  boss.on('error', onError)
  try {
    await boss.start()
    const kept = {
      retryLimit: patience.times,
      retryDelay: patience.first,
      retryBackoff: true,
      retryDelayMax: patience.longest,
      expireInSeconds: longestSeconds,
      retentionSeconds: 2 * DAY_SECONDS,
      // Of those that failed to the last.
      deleteAfterSeconds: 60,
    }
    await boss.createQueue(queue, kept)
    await boss.updateQueue(queue, kept)
    if (startsOver) await boss.deleteAllJobs(queue)
    for (const data of await lost())
      if ((await boss.findJobs(queue, { data })).length === 0) await boss.send(queue, data)
    await boss.work(queue, { pollingIntervalSeconds: 0.5, batchSize: 1, localConcurrency: atOnce }, async (jobs) => {
      for (const job of jobs) {
        await work(job.data)
        await boss.deleteJob(queue, job.id)
      }
    })
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {})
    await client.end({ timeout: 5 })
    throw error
  }
  return async () => {
    await boss.stop({ timeout: 10_000 })
    await client.end({ timeout: 5 })
  }
}

// pg-boss hands JSON over as text, which postgres.js would write as JSON once more.
const WRITTEN_JSON = {
  to: 114,
  from: [114, 3802],
  serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
  parse: (text: string): unknown => JSON.parse(text),
}

// postgres.js takes no `undefined`.
const parameter = (value: unknown) => (value === undefined ? null : (value as postgres.SerializableParameter))

export type Sender = {
  /**
   * Adds a job in the transaction of what it is about: neither is without the other. With `inPlace`, in the place of those
   * that wait with the same data, so that it is done once.
   */
  send(tx: Transaction, queue: string, data: object, options?: { readonly inPlace?: boolean }): Promise<void>
  close(): Promise<void>
}

/** Adds jobs to queues that workers have opened before, on connections that are there already. */
export async function openSender(db: Database): Promise<Sender> {
  const boss = new PgBoss({ db: fromDrizzle(db, sql), migrate: false, supervise: false, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  return {
    async send(tx, queue, data, { inPlace = false } = {}) {
      if (inPlace)
        await tx.execute(sql`delete from pgboss.job
        where name = ${queue} and data = ${JSON.stringify(data)}::jsonb and state < 'active'`)
      const id = await boss.send(queue, data, { db: fromDrizzle(tx, sql) })
      if (id === null) throw new Error('the job was not taken')
    },
    close: () => boss.stop({ graceful: false }),
  }
}
