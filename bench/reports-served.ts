import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { startDesk } from '#bench/desk'
import { makeYear, YEAR_FROM } from '#bench/reports/year'
import { median, ms, quantile } from '#bench/statistics'
import { makeTokens } from '#bench/verify/fixture'
import { cookieOf } from '#e2e/support/post-action'

// A year's report over HTTP from the desk as built, by a token, and what it does to a person who reads Tokens at the same
// time, five times a second whatever the answers do: beside the same page with nobody else there, in turn.
// `node bench/reports-served.ts [--rounds 5]` after a build. Fails past its bounds.

const FIRST_BYTE_MS = 500
const TOKENS_P95_MS = 1_000
const ABOVE_IDLE_MB = 80
const EVERY_MS = 200
const DAY_MS = 86_400_000

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } })

await using resources = new AsyncDisposableStack()
const { url, databaseUrl, pid } = await startDesk(resources)
const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
resources.defer(() => sql.end())
const [alder] = await sql<{ id: string }[]>`select id from organizations where slug = 'alder'`
if (alder === undefined) throw new Error('the sample data have no Alder')
await makeYear(sql, alder.id, 5)
const [token = ''] = await makeTokens(sql, alder.id, ['reports:read'], 1, 1)
const cookie = await cookieOf(url, 'reseller@demo.example', 'tokenry-demo')

/** Linux only. */
const residentMb = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

async function report(days: number) {
  const to = new Date(Date.parse(YEAR_FROM) + days * DAY_MS).toISOString()
  const query = new URLSearchParams({ from: YEAR_FROM, to })
  const begun = performance.now()
  const answer = await fetch(`${url}/api/v1/reports/usage.pdf?${query}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  if (answer.status !== 200 || answer.body === null) throw new Error(`no report: ${answer.status}`)
  let [first, bytes] = [0, 0]
  for await (const piece of answer.body) {
    first ||= performance.now() - begun
    bytes += piece.length
  }
  return { first, whole: performance.now() - begun, bytes }
}

async function page(): Promise<number> {
  const begun = performance.now()
  const answer = await fetch(`${url}/o/alder/tokens`, { headers: { cookie } })
  const text = await answer.text()
  if (answer.status !== 200 || !text.includes('aria-label="Tokens"')) throw new Error(`no page: ${answer.status}`)
  return performance.now() - begun
}

/** Reads Tokens until `done`, and gives how long each took. */
async function readTokens(done: Promise<unknown>): Promise<number[]> {
  let over = false
  const watched = done.finally(() => {
    over = true
  })
  const reads: Promise<number>[] = []
  while (!over) {
    reads.push(page())
    await pause(EVERY_MS)
  }
  await watched
  return Promise.all(reads)
}

/** The most that the desk's process takes above what it took before, while something is done. */
async function above<T>(work: Promise<T>): Promise<{ of: T; mb: number }> {
  const idle = residentMb()
  let peak = idle
  const sampler = setInterval(() => {
    peak = Math.max(peak, residentMb())
  }, 10)
  try {
    return { of: await work, mb: peak - idle }
  } finally {
    clearInterval(sampler)
  }
}

// Compiled, and pages in memory, before anything is measured but the first report, which finds all of that cold.
await readTokens(pause(3_000))
const cold = await above(report(366))
const [firsts, alone, beside]: [number[], number[], number[]] = [[], [], []]
const grown: number[] = [cold.mb]
for (let round = 0; round < Number(values.rounds); round++) {
  alone.push(...(await readTokens(pause(3_000))))
  const idle = await above(report(366))
  firsts.push(idle.of.first)
  grown.push(idle.mb)
  beside.push(...(await readTokens(report(366))))
}
const [first, p95] = [median(firsts), quantile(beside, 0.95)]
console.log(
  `A year: ${(cold.of.bytes / 1_048_576).toFixed(2)} MB in ${ms(cold.of.whole)}, first byte after ${ms(cold.of.first)} cold, ` +
    `${ms(first)} (median of ${firsts.length}); the desk's process at most ${Math.max(...grown).toFixed(0)} MB above what it took before`,
)
const told = (times: number[]) => `p50 ${ms(median(times))}, p95 ${ms(quantile(times, 0.95))} of ${times.length}`
console.log(`Tokens alone: ${told(alone)}; while a report is made: ${told(beside)}`)
const failures = [
  ...(first > FIRST_BYTE_MS ? [`first byte after ${ms(first)}`] : []),
  ...(p95 > TOKENS_P95_MS ? [`Tokens' p95 is ${ms(p95)}`] : []),
  ...grown.filter((mb) => mb > ABOVE_IDLE_MB).map((mb) => `${mb.toFixed(0)} MB above idle`),
]
for (const failure of failures) console.log(`FAILS: ${failure}`)
if (failures.length > 0) process.exitCode = 1
