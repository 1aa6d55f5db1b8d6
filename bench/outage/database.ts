import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres, { type Sql } from 'postgres'
import { instant } from '#bench/revocation/ledger'

/** Signals a PostgreSQL of this machine: SIGQUIT is what `pg_ctl stop -m immediate` sends. Whoever tends it starts it again. */
export async function signalPostmaster(url: string, signal: 'SIGQUIT' | 'SIGKILL'): Promise<void> {
  const sql = postgres(url, { max: 1, fetch_types: false })
  const [row] = await sql`show data_directory`
  await sql.end({ timeout: 1 })
  const [pid] = (await readFile(join(row?.['data_directory'] ?? '', 'postmaster.pid'), 'utf8')).split('\n')
  process.kill(Number(pid), signal)
}

/** Resolves with the instant at which a database answered again. */
export async function untilBack(url: string): Promise<number> {
  for (;;) {
    const sql = postgres(url, { max: 1, connect_timeout: 2, fetch_types: false, onnotice: () => {} })
    try {
      await sql`select 1`
      return instant()
    } catch {
      await sleep(20)
    } finally {
      await sql.end({ timeout: 0 })
    }
  }
}

/** Takes every connection that the server has left, and those of the verifiers from them; gives them back when it is called. */
export async function takeAllConnections(url: string): Promise<() => Promise<void>> {
  const taken: Sql[] = []
  const take = async () => {
    const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {}, connect_timeout: 5 })
    try {
      await sql`select 1`
      taken.push(sql)
      return true
    } catch {
      await sql.end({ timeout: 0 })
      return false
    }
  }
  while (await take());
  const [first] = taken
  if (first === undefined) throw new Error('not one connection was left')
  await first`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tokenry-verifier'`
  // Whatever becomes free is taken too, until the end.
  const again = setInterval(take, 20)
  return async () => {
    clearInterval(again)
    await Promise.all(taken.map((sql) => sql.end({ timeout: 1 })))
  }
}
