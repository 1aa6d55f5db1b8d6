import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { startDatabase } from '#bench/verify/database'
import { migrate } from '#db/migrate'
import { makeDays } from '#db/queries/usage-days'
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
  await sql`insert into tokens (id, kind, organization_id, name, name_key, scopes, created_at, updated_at)
    select left(translate(encode(sha256(n::text::bytea), 'base64'), '+/=', 'xyz'), 16), 'organization', ${id},
      (array['Default', 'Metering gateway', 'Warehouse sync', 'CI smoke tests', 'Grafana import'])[1 + n % 5] || case when n > 5 then ' ' || n else '' end,
      n::text, '{}', now(), now() from generate_series(1, ${tokens}::int) n`
  for (const outcome of ['active', 'expired', 'insufficient_scope'])
    await sql`insert into usage_hours (organization_id, token_id, hour, outcome, count)
      select ${id}, t.id, h, ${outcome}::outcome,
        1 + abs(hashtext(t.id || h::text)) % case when ${outcome} = 'active' then 900 else 20 end
      from tokens t, generate_series('2026-01-01 00:00Z'::timestamptz, '2027-01-01 23:00Z', '1 hour') h`
  await makeDays(sql)
  for (const [table, value] of [
    ['usage_endpoints', '/v2/measurements/'],
    ['usage_resources', 'device:meter-'],
    ['usage_addresses', '203.0.113.'],
    ['usage_user_agents', 'gateway/2.'],
  ] as const)
    await sql`insert into ${sql(table)} (organization_id, token_id, hour, value, active, refused)
      select ${id}, t.id, h, ${value} || n, 30 * n, n
      from tokens t, generate_series('2026-01-01 00:00Z'::timestamptz, '2027-01-01 23:00Z', '1 day') h, generate_series(1, 25) n`
  await sql`vacuum analyze`
  await sql.end()
  return id
}

const renderer = openRenderer(url)
resources.defer(() => renderer.close())
const order = (days: number): ReportOrder => ({
  format: values.format === 'csv' ? 'csv' : 'pdf',
  organization,
  from: new Date('2026-01-01T00:00:00Z'),
  to: new Date(Date.parse('2026-01-01T00:00:00Z') + days * 86_400_000),
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
