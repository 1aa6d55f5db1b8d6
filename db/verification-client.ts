import postgres, { type Sql } from 'postgres'

const ANSWER_WITHIN_MS = 3_000
const WAITING_AT_MOST = 2_000
const REST_MS = 100

/** The database did not answer, or not in time: nothing is known, and nothing may be concluded. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
}

type Options = {
  readonly connections: number
  /** What PostgreSQL is to narrow the login's rights to; null: to nothing. */
  readonly role?: string | null
  /** Whether a commit waits for the disk. What a crash may take need not. */
  readonly durable?: boolean
}

export type VerificationDatabase = ReturnType<typeof openVerificationDatabase>

/**
 * A pool of the verifier's own: raw postgres.js with prepared statements. Every question is answered or refused within
 * 3 seconds, and at once while the server was lost in the last 100 ms. Nothing connects before the first question.
 */
export function openVerificationDatabase(url: string, options: Options) {
  let client = connect(url, options)
  let waiting = 0
  let restingUntil = 0
  let closed = false

  // Whoever waits on a lost server is refused now, instead of one by one as each connection is tried again.
  function replace(lost: Sql) {
    if (closed || client !== lost) return
    restingUntil = performance.now() + REST_MS
    client = connect(url, options)
    lost.end({ timeout: 0 }).catch(() => {})
  }

  return {
    /** @throws DatabaseUnavailable for whatever keeps the query from its answer */
    async ask<T>(query: (sql: Sql) => PromiseLike<T>): Promise<T> {
      if (waiting >= WAITING_AT_MOST) throw new DatabaseUnavailable('too many questions are waiting')
      if (performance.now() < restingUntil) throw new DatabaseUnavailable('the server was just lost')
      const asked = client
      const late = Promise.withResolvers<never>()
      // The server ends a statement after 2 seconds by itself: one that is silent for longer is lost, and its
      // connections could hang for as long as the system retries.
      const timer = setTimeout(() => late.reject(new Error('no answer in time')), ANSWER_WITHIN_MS)
      waiting++
      try {
        return await Promise.race([query(asked), late.promise])
      } catch (cause) {
        if (isLoss(cause)) replace(asked)
        throw new DatabaseUnavailable('the database did not answer', { cause })
      } finally {
        waiting--
        clearTimeout(timer)
      }
    },
    /** How many questions wait for their answer. */
    waiting: () => waiting,
    async close(): Promise<void> {
      closed = true
      await client.end({ timeout: 2 })
    },
  }
}

// Whatever the server did not say itself; and what it says while it stops or starts (class 57P). Drizzle wraps both.
function isLoss(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  return !(cause instanceof postgres.PostgresError) || cause.code.startsWith('57P')
}

const connect = (url: string, { connections, role = null, durable = true }: Options): Sql =>
  postgres(url, {
    max: connections,
    connect_timeout: 2,
    backoff: () => REST_MS / 1_000,
    onnotice: () => {},
    connection: {
      application_name: 'tokenry-verifier',
      statement_timeout: 2_000,
      ...(!durable && { synchronous_commit: 'off' }),
      ...(role !== null && { role }),
    },
  })
