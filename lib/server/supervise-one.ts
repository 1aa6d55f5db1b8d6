import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Log } from '#lib/log'

const ENDED_WITHIN_MS = 20_000
/** What dies is started again after the first of these, then after twice as long each time, up to the second. */
const BACKOFF_MS = { first: 500, longest: 10_000 }

const VERIFIER = resolve(import.meta.dirname, '../../verifier.ts')

/** What a verifier has no use for: what opens sign-ins, mail and sealed secrets. */
const NOT_FOR_VERIFIERS = /^(?:SEAL_KEYS|AUTH_.*|NEXTAUTH_.*|OIDC_.*|SMTP_URL|MAIL_FROM|DEMO_PASSWORD)$/

const Ready = z.object({ port: z.number() })

/** Keeps one verifier running until it is stopped; `env` is what it is told besides our own environment. */
export function superviseOne(options: {
  readonly name: string
  readonly wanted: number
  readonly env: Readonly<Record<string, string>>
  readonly log: Log
}) {
  const { name, wanted, env, log } = options
  const isReady = Promise.withResolvers<void>()
  const stopping = new AbortController()
  let port: number | null = null

  async function untilEnded(child: ChildProcess): Promise<void> {
    let late: NodeJS.Timeout | undefined
    const end = () => {
      child.kill('SIGTERM')
      late = setTimeout(() => child.kill('SIGKILL'), ENDED_WITHIN_MS)
    }
    stopping.signal.addEventListener('abort', end)
    child.on('message', (message) => {
      const told = Ready.safeParse(message)
      if (!told.success) return
      port = told.data.port
      log.info({ name, pid: child.pid, port }, 'verifier ready')
      isReady.resolve()
    })
    // One that could not be started has no exit.
    child.on('error', (error) => log.error({ name, error }, 'verifier failed'))
    if (child.pid !== undefined) await once(child, 'exit').catch(() => {})
    stopping.signal.removeEventListener('abort', end)
    clearTimeout(late)
  }

  async function keepRunning(): Promise<void> {
    let pause = BACKOFF_MS.first
    while (!stopping.signal.aborted) {
      const began = performance.now()
      // Whoever asked it before finds it where it was.
      const child = startVerifier({ ...env, VERIFIER_NAME: name, VERIFIER_PORT: String(port ?? wanted) })
      await untilEnded(child)
      if (stopping.signal.aborted) return
      if (performance.now() - began > BACKOFF_MS.longest) pause = BACKOFF_MS.first
      const { pid, exitCode, signalCode } = child
      log.warn({ name, pid, exitCode, signalCode, pause }, 'verifier died, and is started again')
      await sleep(pause, null, { signal: stopping.signal }).catch(() => {})
      pause = Math.min(pause * 2, BACKOFF_MS.longest)
    }
  }

  const over = keepRunning()
  return {
    /** It was ready at least once. */
    ready: isReady.promise,
    name,
    wanted,
    /** Where it listens, null until it was ready. */
    port: () => port,
    async stop(): Promise<void> {
      stopping.abort()
      await over
    },
  }
}

// In a group of its own, so that a Ctrl-C at the terminal is ours to pass on; by its channel it hears that we are gone.
function startVerifier(told: Readonly<Record<string, string>>): ChildProcess {
  const env = { ...process.env, ...told }
  for (const name of Object.keys(env)) if (NOT_FOR_VERIFIERS.test(name)) delete env[name]
  return fork(VERIFIER, [], {
    env,
    execArgv: [],
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}
