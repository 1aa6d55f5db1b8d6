import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')
const RECORDER = join(import.meta.dirname, 'record-server.ts')

export type RunningServer = {
  readonly url: string
  readonly pid: number | undefined
  /** All that it printed so far. */
  readonly output: () => string
  stop(): Promise<void>
  /** Ends it as a crash would (SIGKILL). */
  kill(): Promise<void>
}

/**
 * Starts `server.ts` as built, as a person does, on a free port and a database of its own (the one at `databaseUrl`, or
 * the embedded one in `dataDir`), and waits until it says that it is ready. What it prints is added to
 * `test-results/<name>.log` too, and what it is asked and answers is noted for the search after the run.
 */
export async function startServer(options: {
  readonly name: string
  readonly database: { readonly url: string } | { readonly dataDir: string }
  readonly demo: boolean
  /** false: what it is asked and answers is nobody's business, as in a measurement. */
  readonly noted?: boolean
  /** Further variables of its environment. */
  readonly env?: Readonly<Record<string, string>>
}): Promise<RunningServer> {
  const { database } = options
  await mkdir('test-results', { recursive: true })
  const recorder = options.noted === false ? [] : ['--import', RECORDER]
  const child = spawn('node', [...recorder, 'server.ts', ...(options.demo ? ['--demo'] : [])], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...('url' in database
        ? { DATABASE_URL: database.url, AUTH_SECRET: randomBytes(32).toString('base64') }
        : { DATABASE_URL: '', AUTH_SECRET: '', DATA_DIR: database.dataDir }),
      PORT: '0',
      HOST: '127.0.0.1',
      APP_URL: '',
      E2E_SERVER: options.name,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const url = await new Promise<string>((ready, failed) => {
    const read = (chunk: Buffer) => {
      appendFileSync(`test-results/${options.name}.log`, chunk)
      output += chunk
      const [, address] = /Tokenry is ready at (\S+)/.exec(output) ?? []
      if (address !== undefined) ready(address)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => failed(new Error(`the server ended with ${code} before it was ready:\n${output}`)))
  })
  return {
    url,
    pid: child.pid,
    output: () => output,
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}
