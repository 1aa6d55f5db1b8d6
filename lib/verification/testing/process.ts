import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { expect, onTestFinished, vi } from 'vitest'
import type { DatabaseOptions } from '#db/testing/test-database'

const READY = /ready at (\S+)/
const ROOT = resolve(import.meta.dirname, '../../..')

type Options = { readonly name?: string } & Pick<DatabaseOptions, 'onEnd'>

/** `npm run verifier` on that database until `onEnd`; its address when it is ready, and ways to stop it. */
export function runVerifier(databaseUrl: string, { name = 'alone', onEnd = onTestFinished }: Options = {}) {
  const { AUTH_SECRET: _, ...rest } = process.env
  const own = { DATABASE_URL: databaseUrl, VERIFIER_PORT: '0', HOST: '127.0.0.1', TOKEN_PREFIX: 'tok,old' }
  const env = { ...rest, ...own, VERIFIER_NAME: name }
  const child = spawn('node', ['verifier.ts'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    output += chunk
  })
  const ended = once(child, 'exit')
  onEnd(async () => {
    child.kill('SIGCONT')
    child.kill()
    await ended
  })
  const stop = async () => {
    child.kill()
    const [code] = await ended
    return code
  }
  const url = async () => {
    // By vi: expect polls in tests only.
    await vi.waitFor(() => expect(output).toMatch(READY), { timeout: 15_000 })
    return READY.exec(output)?.[1] ?? ''
  }
  return { stop, url, signal: (signal: 'SIGSTOP' | 'SIGCONT') => child.kill(signal) }
}
