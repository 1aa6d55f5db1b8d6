import { execFile } from 'node:child_process'
import { parseArgs, promisify } from 'node:util'
import postgres from 'postgres'
import { z } from 'zod'
import { startDesk } from '#bench/desk'
import { median, ms } from '#bench/statistics'
import { makeTokens } from '#bench/verify/fixture'
import { disposeOnSignals } from '#bench/verify/signals'
import { LOAD_CORE, SERVER_CORE, startTarget } from '#bench/verify/target'
import { cookieOf } from '#e2e/support/post-action'

// Whether pages of a busy desk keep the separate verifier waiting: its p99 at a steady 1,000 verifications a second
// (open loop, from when each was due) with the desk idle and with the desk busy, in turn. The verifier and what asks it
// have one core, the desk, who looks at its pages and PostgreSQL the other.
// `npm run bench:isolated -- [--rounds 5] [--seconds 10] [--rate 1000]` after a build.

const AIM = 2
const READERS = 4
const Told = z.object({ asked: z.number().positive(), failed: z.number(), p99Ms: z.number() })

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '10' },
    rate: { type: 'string', default: '1000' },
  },
})
const seconds = Number(values.seconds)
const run = promisify(execFile)

await using resources = new AsyncDisposableStack()
disposeOnSignals(resources)
// This process and all that it starts, but for what is put on the other core.
await run('taskset', ['-acp', LOAD_CORE, String(process.pid)])
const { url, databaseUrl } = await startDesk(resources)
const { gateway, token } = await makeSecrets()
const verifier = await startTarget(resources, ['verifier.ts'], {
  DATABASE_URL: databaseUrl,
  VERIFIER_PORT: '0',
  HOST: '127.0.0.1',
})
const cookie = await cookieOf(url, 'admin@demo.example', 'tokenry-demo')

async function makeSecrets(): Promise<{ gateway: string; token: string }> {
  const sql = postgres(databaseUrl, { max: 1 })
  try {
    const [platform] = await sql<{ id: string }[]>`select id from organizations where kind = 'platform'`
    if (platform === undefined) throw new Error('the sample data are missing')
    const [gateway = ''] = await makeTokens(sql, platform.id, ['tokens:verify'], 0, 1)
    const [token = ''] = await makeTokens(sql, platform.id, ['data:read'], 1, 1)
    return { gateway, token }
  } finally {
    await sql.end()
  }
}

/** The p99 of one round, in milliseconds. @throws Error if one answer is not 200 */
async function steady(): Promise<number> {
  const body = JSON.stringify({ token })
  const question = { url: verifier.url, credential: gateway, body, perSecond: Number(values.rate) }
  const env = { ...process.env, QUESTION: JSON.stringify(question) }
  const command = ['-c', SERVER_CORE, process.execPath, 'bench/verify/steady.ts', String(seconds)]
  const { stdout } = await run('taskset', command, { env })
  const { failed, p99Ms } = Told.parse(JSON.parse(stdout))
  if (failed > 0) throw new Error(`${failed} verifications failed`)
  return p99Ms
}

async function page(): Promise<void> {
  const answer = await fetch(`${url}/o/platform/tokens`, { headers: { cookie } })
  const text = await answer.text()
  if (answer.status !== 200 || !text.includes('aria-label="Tokens"')) throw new Error(`no page: ${answer.status}`)
}

/** The same while so many people look at one page after another, and how many pages they saw. */
async function steadyBeside(): Promise<{ p99: number; pages: number }> {
  let pages = 0
  let over = false
  const readers = Array.from({ length: READERS }, async () => {
    for (; !over; pages++) await page()
  })
  try {
    const p99 = await Promise.race([steady(), Promise.all(readers).then(() => Promise.reject(new Error('no readers')))])
    return { p99, pages }
  } finally {
    over = true
    await Promise.allSettled(readers)
  }
}

const idle: number[] = []
const busy: number[] = []
await steady()
for (let round = 1; round <= Number(values.rounds); round++) {
  idle.push(await steady())
  const { p99, pages } = await steadyBeside()
  busy.push(p99)
  console.error(`round ${round}: idle ${ms(idle.at(-1) ?? 0)}, busy ${ms(p99)} beside ${pages} pages`)
}
const ratio = median(busy) / median(idle)
console.log(
  `p99 at ${values.rate} a second: desk idle ${ms(median(idle))}, busy ${ms(median(busy))}: ` +
    `${ratio.toFixed(2)} times, aim ${AIM} ${ratio <= AIM ? 'met' : 'MISSED'}`,
)
