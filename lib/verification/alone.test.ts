import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { verifierContract } from '#lib/verification/testing/contract'
import { openWorld } from '#lib/verification/testing/world'

const READY = /ready at (\S+)/
const ROOT = resolve(import.meta.dirname, '../..')

/** `npm run verifier` on that database; its address when it is ready, and a way to stop it. */
function runVerifier(databaseUrl: string) {
  const { AUTH_SECRET: _, ...rest } = process.env
  const env = { ...rest, DATABASE_URL: databaseUrl, VERIFIER_PORT: '0', HOST: '127.0.0.1', TOKEN_PREFIX: 'tok,old' }
  const child = spawn('node', ['verifier.ts'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    output += chunk
  })
  const ended = once(child, 'exit')
  onTestFinished(async () => {
    child.kill()
    await ended
  })
  const stop = async () => {
    child.kill()
    const [code] = await ended
    return code
  }
  const url = async () => {
    await expect.poll(() => output, { timeout: 15_000 }).toMatch(READY)
    return READY.exec(output)?.[1] ?? ''
  }
  return { stop, url }
}

verifierContract((databaseUrl) => runVerifier(databaseUrl).url())

test('the verifier alone answers what is its own, and nothing else', async () => {
  const { url } = await openWorld()
  const verifier = runVerifier(url)
  const at = await verifier.url()
  const statusOf = async (path: string) => (await fetch(at + path)).status
  expect(await statusOf('/api/v1/verify')).toBe(405)
  expect(await statusOf('/api/v1/me')).toBe(401)
  for (const route of ['introspect', 'revoke']) {
    expect(await statusOf(`/api/v1/${route}`)).toBe(405)
    expect(await (await fetch(`${at}/api/metrics`)).text()).toContain(`_count{route="${route}",status="4xx"} 1`)
  }
  for (const path of ['/', '/sign-in', '/api/auth/csrf']) expect(await statusOf(path), path).toBe(404)
  expect(await verifier.stop()).toBe(0)
})
