import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { readVerifiers } from '#lib/server/supervise'
import { bearer, send } from '#lib/verification/testing/http'
import { openWorld } from '#lib/verification/testing/world'

const SUPERVISOR = fileURLToPath(new URL('./testing/supervisor.ts', import.meta.url))
// Processes take their time to start on a machine that does much else.
const PATIENCE = { timeout: 60_000 }
const SECRETS = ['SEAL_KEYS', 'AUTH_SECRET', 'OIDC_CLIENT_SECRET', 'SMTP_URL', 'DEMO_PASSWORD']

const Line = z.object({ msg: z.string(), name: z.string(), pid: z.number(), port: z.number().optional() })
const Greeting = z.object({ verifiers: z.array(z.object({ wanted: z.number(), url: z.string() })) })

// Whoever has ended and was not asked for its status yet (Z) does not run.
function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** A supervisor as a process of its own, what it said, and the verifiers that it started. */
async function supervise(databaseUrl: string, { count = 2, firstPort = 0 } = {}) {
  const secrets = Object.fromEntries(SECRETS.map((name) => [name, 'not for verifiers']))
  const child = spawn(process.execPath, [SUPERVISOR, String(count), String(firstPort)], {
    env: { ...process.env, ...secrets, DATABASE_URL: databaseUrl, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  const lines = () => output.split('\n').slice(0, -1)
  const told = (message: string) =>
    lines()
      .flatMap((line) => Line.safeParse(JSON.parse(line)).data ?? [])
      .filter(({ msg }) => msg === message)
  onTestFinished(() => {
    child.kill('SIGKILL')
    for (const { pid } of told('verifier ready')) if (isRunning(pid)) process.kill(pid, 'SIGKILL')
  })
  const greeting = () => lines().flatMap((line) => Greeting.safeParse(JSON.parse(line)).data ?? [])[0]
  await expect.poll(greeting, { timeout: 15_000 }).toBeDefined()
  return {
    verifiers: greeting()?.verifiers ?? [],
    ready: () => told('verifier ready'),
    died: () => told('verifier died, and is started again'),
    running: () => told('verifier ready').filter(({ pid }) => isRunning(pid)),
    async end(signal: NodeJS.Signals) {
      child.kill(signal)
      return (await ended)[0]
    },
  }
}

test(
  'verifiers answer on ports of their own, hold no secret of the desk, and one that dies comes back where it was',
  PATIENCE,
  async () => {
    const { url, sql, ready, organizations: at } = await openWorld()
    const { secret, id } = await ready({ organizationId: at.alder })
    const supervised = await supervise(url)
    const [first, second] = supervised.verifiers
    const status = (to: typeof first) =>
      send(`${to?.url}/api/v1/me`, { headers: bearer(secret) }).then(
        (answered) => answered.status,
        () => 'nobody',
      )
    expect(first?.url).not.toBe(second?.url)
    expect([await status(first), await status(second)]).toEqual([200, 200])
    for (const { pid, name } of supervised.running()) {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
      expect(environment).toContain(`VERIFIER_NAME=${name}`)
      for (const variable of environment) expect(variable).not.toContain('not for verifiers')
    }

    const [{ pid, port } = { pid: 0, port: 0 }] = supervised.ready().filter(({ name }) => name === 'verifier-1')
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => supervised.died().map((line) => line.pid), { timeout: 15_000 }).toEqual([pid])
    expect(await status(second)).toBe(200)
    await expect.poll(() => supervised.running().length, { timeout: 15_000 }).toBe(2)
    expect(supervised.ready().at(-1)).toMatchObject({ name: 'verifier-1', port })
    expect(await status(first)).toBe(200)

    await sql`update tokens set last_used_at = null where id = ${id}`
    expect(await status(second)).toBe(200)
    expect(await supervised.end('SIGTERM')).toBe(0)
    expect(supervised.running()).toEqual([])
    expect(await sql`select from tokens where id = ${id} and last_used_at is not null`).toHaveLength(1)
  },
)

test('verifiers end when whoever started them is killed, and pass over ports that are taken', PATIENCE, async () => {
  const { url } = await openWorld()
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  onTestFinished(() => void taken.close())
  const address = taken.address()
  const firstPort = typeof address === 'object' ? (address?.port ?? 0) : 0
  const supervised = await supervise(url, { firstPort })
  expect(supervised.verifiers.map(({ wanted }) => wanted)).toEqual([firstPort, firstPort + 1])
  const ports = supervised.ready().map(({ port }) => port ?? 0)
  expect(Math.min(...ports)).toBeGreaterThan(firstPort)
  expect(new Set(ports).size).toBe(2)
  expect(supervised.running()).toHaveLength(2)
  await supervised.end('SIGKILL')
  await expect.poll(supervised.running, { timeout: 10_000 }).toEqual([])
})

test('how many verifiers there are to be is a whole number, said once, for which there are ports', () => {
  const read = (args: string, port = 3001) => readVerifiers(args.split(' '), port)
  expect(read('--demo')).toBe(0)
  expect(read('--verifiers=0')).toBe(0)
  expect(read('--demo --verifiers=64')).toBe(64)
  expect(read('--verifiers=2', 65_534)).toBe(2)
  expect(read('--verifiers=64', 0)).toBe(64)
  for (const wrong of ['', '=', '=65', '=-1', '=1.5', '=two', '=1e1', '= 2', '=2 --verifiers=2', ' 2'])
    expect(() => read(`--verifiers${wrong}`), wrong).toThrow(/^--verifiers takes a whole number from 0 to 64/)
  expect(() => read('--verifiers=2', 65_535)).toThrow(/^From VERIFIER_PORT up there are fewer than 2 ports/)
})
