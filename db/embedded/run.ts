import { spawn } from 'node:child_process'

/** A system account that a program is to run under. */
export type Account = { readonly uid: number; readonly gid: number }

/** What PostgreSQL's programs get to see of our environment: nothing that changes language, time zone or libraries. */
export const bareEnvironment: NodeJS.ProcessEnv = {
  NODE_ENV: 'production',
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
}

/** Runs a program to its end, under another account if one is given; `output` is all that it printed. Never throws. */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly account?: Account | undefined; readonly input?: string } = {},
): Promise<{ readonly ok: boolean; readonly output: string }> {
  const { promise, resolve } = Promise.withResolvers<{ ok: boolean; output: string }>()
  // The current folder may be one that the account cannot enter.
  const child = spawn(command, args, { ...options.account, cwd: '/', env: bareEnvironment })
  let output = ''
  const collect = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  child.on('error', (error) => resolve({ ok: false, output: error.message }))
  child.on('close', (code) => resolve({ ok: code === 0, output: output.trim() }))
  return promise
}
