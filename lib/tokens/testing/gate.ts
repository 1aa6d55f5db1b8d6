import { setTimeout as sleep } from 'node:timers/promises'
import type { testWorld } from '#lib/testing/world'

const PATIENCE_MS = 300

/**
 * Starts contenders while nothing may be written to a table, and lets all go at once when each of them waits, or when
 * no more do for a while: some are refused before they write. `table` null: no gate.
 */
export async function letGoAtOnce<T>(
  { sql }: Pick<Awaited<ReturnType<typeof testWorld>>, 'sql'>,
  table: 'tokens' | 'token_secrets' | 'service_accounts' | 'audit_events' | null,
  start: () => Promise<T>[],
): Promise<T[]> {
  if (table === null) return Promise.all(start())
  let running: Promise<T>[] = []
  await sql.begin(async (tx) => {
    await tx.unsafe(`lock table ${table} in share row exclusive mode`)
    running = start()
    let left = running.length
    const settled = () => left--
    for (const each of running) each.then(settled, settled)
    for (let waited = 0, waiting = 0; waiting < left && waited < PATIENCE_MS; waited += 10) {
      await sleep(10)
      const [row] = await tx`select count(*)::int as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      waiting = Number(row?.['waiting'])
    }
  })
  return Promise.all(running)
}
