import postgres from 'postgres'
import { onTestFinished } from 'vitest'

type Change = (tx: postgres.TransactionSql) => Promise<unknown>

/** Lets contenders read all they like but write nothing until each of them waits on a lock, then lets all go at once. */
export const holdAtGate = (url: string, table: string, contenders: number, start: () => Promise<unknown>[]) =>
  // Conflicts with every write to the table, with no read and no row lock.
  letGo(url, contenders, start, (tx) => tx.unsafe(`lock table ${table} in share row exclusive mode`))

/** Lets contenders come as far as an organization that is held; once each of them waits for it, something else changes. */
export const changeMeanwhile = (
  url: string,
  organizationId: string,
  contenders: number,
  start: () => Promise<unknown>[],
  change: Change,
) =>
  letGo(
    url,
    contenders,
    start,
    (tx) => tx`select from organizations where id = ${organizationId} for no key update`,
    change,
  )

async function letGo(
  url: string,
  contenders: number,
  start: () => Promise<unknown>[],
  hold: Change,
  change: Change = async () => {},
) {
  const gate = postgres(url, { max: 1, onnotice: () => {} })
  const watch = postgres(url, { max: 1, onnotice: () => {} })
  onTestFinished(async () => {
    await gate.end()
    await watch.end()
  })
  const running: Promise<PromiseSettledResult<unknown>[]>[] = []
  await gate.begin(async (tx) => {
    await hold(tx)
    running.push(Promise.allSettled(start()))
    for (let waiting = 0; waiting < contenders; ) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      const [row] = await watch`select count(*)::int as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      waiting = Number(row?.['waiting'])
    }
    await change(tx)
  })
  return (await Promise.all(running)).flat()
}
