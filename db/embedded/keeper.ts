import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from '#db/embedded/binaries'
import type { Files } from '#db/embedded/folder'
import { dropLease, openLease } from '#db/embedded/lease'
import { withLog } from '#db/embedded/one-sentence'
import { isAnswering } from '#db/embedded/postmaster'
import { type Account, bareEnvironment } from '#db/embedded/run'
import { socketDirectories } from '#db/embedded/sockets'

const SCRIPT = readFileSync(join(import.meta.dirname, 'keeper.sh'), 'utf8')

const SETTINGS = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '250',
  max_wal_size: '256MB',
  log_timezone: 'UTC',
  // Statements and what they refuse are told to the server, which knows what may stand in a log.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
}

/** From when on a slow start is told, and when it is given up: after a crash PostgreSQL first repeats what was lost. */
const PATIENCE = { silent: 5_000, all: 600_000 }

/**
 * Starts PostgreSQL under a keeper and waits until it answers; returns the lease. Throws an Error with one sentence and
 * the end of PostgreSQL's log if it doesn't come up. The caller holds the start lock and knows that none is running.
 */
export async function startKeeper(start: {
  readonly files: Files
  readonly binaries: Binaries
  readonly account: Account | undefined
  readonly sockets: string
  readonly url: string
  readonly say: (line: string) => void
}): Promise<number> {
  const { files, url } = start
  await rename(files.log, `${files.log}.1`).catch(() => {})
  const log = openSync(files.log, 'a', 0o600)
  const { lease, result: keeper } = openLease(files.lease, (readingEnd) => spawnKeeper(start, [readingEnd, log, log]))
  closeSync(log)
  keeper.unref()
  const ended = new AbortController()
  keeper.on('exit', () => ended.abort())
  keeper.on('error', () => ended.abort())
  const began = Date.now()
  const telling = setTimeout(() => start.say('The database is recovering; this can take a while.'), PATIENCE.silent)
  try {
    while (!(await isAnswering(url))) {
      if (ended.signal.aborted || Date.now() - began > PATIENCE.all) throw new Error(await whyNot(files))
      await sleep(20)
    }
    return lease
  } catch (error) {
    dropLease(lease)
    throw error
  } finally {
    clearTimeout(telling)
  }
}

function spawnKeeper(
  { files, binaries, account, sockets }: Parameters<typeof startKeeper>[0],
  stdio: [number, number, number],
) {
  const settings = Object.entries({ ...SETTINGS, unix_socket_directories: socketDirectories(sockets) })
  const options = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // The script goes along as text: the account may not be able to reach its file.
  const command = ['-c', SCRIPT, 'tokenry-keeper', sockets, binaries.postgres, '-D', files.cluster, ...options]
  return spawn('/bin/sh', command, { ...account, cwd: '/', detached: true, env: bareEnvironment, stdio })
}

async function whyNot({ folder, log }: Files): Promise<string> {
  const sentence = `The database in ${folder} does not start: put right what ${log} says, or put a backup back.`
  return withLog(folder, sentence, await readFile(log, 'utf8').catch(() => ''))
}
