import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { makeYear, YEAR_FROM } from '#bench/reports/year'
import { startDatabase } from '#bench/verify/database'
import { migrate } from '#db/migrate'
import type { ReportOrder } from '#lib/reports/order'
import { openRenderer } from '#lib/reports/renderer'

// Reports of 31 and 366 days of hourly rows of 5 tokens: the first byte, the memory of this process above its idle one,
// which holds the thread that renders, and how long its event loop is kept from others; a year is first rendered once
// with everything cold. Fails past the bounds.
// `node bench/reports.ts [--out /tmp/report] [--format pdf]`.

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    format: { type: 'string', default: 'pdf' },
    tokens: { type: 'string', default: '5' },
  },
})
const FIRST_BYTE_MS = 500
const ABOVE_IDLE_MB = 80
const APART_MB = 20
const MB = 1_048_576

await using resources = new AsyncDisposableStack()
const { database } = await startDatabase(resources)
const url = await database('reports')
await migrate(url, { say: () => {} })
const organization = { id: await fill(Number(values.tokens)), name: 'Alder' }

async function fill(tokens: number): Promise<string> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  await sql`insert into organizations (kind, slug, name) values ('platform', 'platform', 'P')`
  const [row] = await sql<{ id: string }[]>`insert into organizations (kind, parent_id, slug, name, tier_id)
    select 'customer', p.id, 'alder', 'Alder', (select id from tiers where name = 'Advanced')
    from organizations p returning id`
  const id = row?.id ?? ''
  await makeYear(sql, id, tokens)
  await sql.end()
  return id
}

const renderer = openRenderer(url)
resources.defer(() => renderer.close())
const order = (days: number): ReportOrder => ({
  format: values.format === 'csv' ? 'csv' : 'pdf',
  organization,
  from: new Date(YEAR_FROM),
  to: new Date(Date.parse(YEAR_FROM) + days * 86_400_000),
  timeZone: 'Europe/Berlin',
  actor: {
    userId: organization.id,
    email: 'owner@demo.example',
    memberships: [{ organizationId: organization.id, role: 'admin' }],
    ip: null,
    userAgent: null,
    confirmedAt: null,
  },
  asked: { at: new Date('2026-11-22T12:00:00Z'), by: 'owner@demo.example' },
  extended: true,
})

async function measure(days: number) {
  await pause(500)
  const idle = process.memoryUsage.rss()
  let peak = idle
  const sampler = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5)
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const begun = performance.now()
  let first = 0
  let bytes = 0
  const file = values.out === undefined ? null : createWriteStream(`${values.out}-${days}.${values.format}`)
  const rendering = await renderer.open(order(days), { signal: new AbortController().signal })
  await rendering?.render(async (piece) => {
    first ||= performance.now() - begun
    bytes += piece.bytes.length
    if (file !== null && !file.write(piece.bytes)) await once(file, 'drain')
  })
  const whole = performance.now() - begun
  clearInterval(sampler)
  delay.disable()
  file?.end()
  const above = (peak - idle) / MB
  console.log(
    `${String(days).padStart(3)} days: ${(bytes / MB).toFixed(2)} MB in ${(whole / 1000).toFixed(2)} s, first byte after ${first.toFixed(0)} ms, ` +
      `${above.toFixed(1)} MB above idle (${(idle / MB).toFixed(0)} MB), event loop late by ${(delay.percentile(99) / 1e6 - 5).toFixed(1)} ms (p99), ${(delay.max / 1e6 - 5).toFixed(1)} ms at most`,
  )
  return { first, above }
}

// What a process takes once for good is taken by then; the bound holds for it too.
const cold = await measure(366)
const month = await measure(31)
const year = await measure(366)
const failures = [
  ...[month, year].flatMap(({ first }) => (first > FIRST_BYTE_MS ? [`first byte after ${first.toFixed(0)} ms`] : [])),
  ...[cold, month, year].flatMap(({ above }) => (above > ABOVE_IDLE_MB ? [`${above.toFixed(0)} MB above idle`] : [])),
  ...(year.above - month.above > APART_MB
    ? [`a year takes ${(year.above - month.above).toFixed(0)} MB more than a month`]
    : []),
]
for (const failure of failures) console.log(`FAILS: ${failure}`)
if (failures.length > 0) process.exitCode = 1
