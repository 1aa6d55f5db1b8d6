import postgres from 'postgres'
import { onTestFinished } from 'vitest'

/** Lets contenders read all they like but write nothing until each of them waits on a lock, then lets all go at once. */
export async function holdAtGate(url: string, table: string, contenders: number, start: () => Promise<unknown>[]) {
  const gate = postgres(url, { max: 1, onnotice: () => {} })
  const watch = postgres(url, { max: 1, onnotice: () => {} })
  onTestFinished(async () => {
    await gate.end()
    await watch.end()
  })
  let running: Promise<unknown>[] = []
  await gate.begin(async (tx) => {
    // Conflicts with every write to the table, with no read and no row lock.
    await tx.unsafe(`lock table ${table} in share row exclusive mode`)
    running = start()
    for (let waiting = 0; waiting < contenders; ) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      const [row] = await watch`select count(*)::int as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      waiting = Number(row?.['waiting'])
    }
  })
  return Promise.allSettled(running)
}
