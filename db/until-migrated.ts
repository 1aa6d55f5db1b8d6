import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { appliedMigrations, knownMigrations } from '#db/apply-migrations'
import { refuseNewer } from '#db/migrate'
import { untilAnswering } from '#db/until-answering'

/**
 * Waits, for as long as it takes, until a desk of this version has brought the database at that URL up to date; changes
 * nothing in it. Throws an Error with one sentence where it stays silent for 30 seconds, refuses us, or a later version
 * has changed it. Waiting is told through `say`.
 */
export async function untilMigrated(url: string, say: (line: string) => void): Promise<void> {
  await untilAnswering(url, 30_000, say)
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  const newest = Math.max(...knownMigrations().map(({ createdAt }) => createdAt))
  const isReady = async () => ((await appliedMigrations(sql)).at(-1)?.createdAt ?? 0) >= newest
  try {
    if (!(await isReady())) say('Waiting for a desk to bring the database up to date.')
    while (!(await isReady())) await pause(1_000)
    await refuseNewer(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
