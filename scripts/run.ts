import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..')

const BIN = join(ROOT, 'node_modules/.bin')

type Outcome = { readonly ok: boolean; readonly output: string }

/**
 * Runs one of the project's tools, on the Node that it pins. With `quiet` what it prints is returned instead of shown.
 * It ends with us when a signal ends us.
 */
export function run(
  tool: string,
  args: readonly string[],
  { quiet = false, env = {} }: { readonly quiet?: boolean; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  const child = spawn(join(BIN, tool), args, {
    cwd: ROOT,
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    env: { ...process.env, PATH: BIN + delimiter + process.env['PATH'], NEXT_TELEMETRY_DISABLED: '1', ...env },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const end = (signal: NodeJS.Signals) => {
    child.once('close', () => process.exit(1))
    child.kill(signal)
  }
  for (const signal of signals) process.on(signal, end)
  const settle = (outcome: Outcome) => {
    for (const signal of signals) process.off(signal, end)
    resolve(outcome)
  }
  child.on('error', (error) => settle({ ok: false, output: error.message }))
  child.on('close', (code) => settle({ ok: code === 0, output: output.trim() }))
  return promise
}
