import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import type { Files } from '#db/embedded/folder'
import { hasKeeper } from '#db/embedded/lease'
import { run } from '#db/embedded/run'

/** A running PostgreSQL; `sockets` is undefined while it has none yet. */
export type Postmaster = { readonly pid: number; readonly sockets: string | undefined }

/** A process number is soon used again, after a reboot above all: only the command line tells whose it is. */
async function isPostmaster(pid: number, cluster: string): Promise<boolean> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    return line.split('\0').includes(cluster)
  }
  return (await run('ps', ['-p', String(pid), '-o', 'args='])).output.includes(cluster)
}

/** The PostgreSQL that runs on the cluster now, whoever started it. */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const [pid, , , , sockets] = text.split('\n')
  if (!Number(pid) || !(await isPostmaster(Number(pid), cluster))) return undefined
  return { pid: Number(pid), sockets: sockets || undefined }
}

function stop(pid: number): void {
  try {
    process.kill(pid, 'SIGINT')
  } catch (error) {
    // It has ended by itself meanwhile.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** Ends the PostgreSQL of these files and its keeper in order, and waits; false after `patience` milliseconds. */
export async function endPostmaster(files: Files, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience
  let asked: number | undefined
  while (Date.now() < deadline) {
    const postmaster = await findPostmaster(files.cluster)
    if (!postmaster && !hasKeeper(files.lease)) return true
    if (postmaster && postmaster.pid !== asked) {
      asked = postmaster.pid
      stop(asked)
    }
    await sleep(20)
  }
  return false
}

/**
 * Removes what a PostgreSQL that was killed left of itself, which the next one would take for a running one should its
 * process number be in use again. The caller holds the start lock and has seen it end.
 */
export const forgetPostmaster = (files: Files) => rm(join(files.cluster, 'postmaster.pid'), { force: true })

const TOO_MANY_CONNECTIONS = '53300'
const CANNOT_CONNECT_NOW = '57P03'

/** Whether the database takes connections. Throws an Error with one sentence if it refuses and time won't help. */
export async function isAnswering(url: string): Promise<boolean> {
  // The port is part of a socket's name; PGPORT would change it.
  const sql = postgres(url, { port: 5432, max: 1, connect_timeout: 5, fetch_types: false, onnotice: () => {} })
  try {
    await sql`select 1`
    return true
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) return false
    if (error.code === TOO_MANY_CONNECTIONS) return true
    if (error.code === CANNOT_CONNECT_NOW) return false
    throw new Error(`The database refuses Tokenry (${error.message}): do secrets.json and the data belong together?`)
  } finally {
    await sql.end({ timeout: 1 })
  }
}
