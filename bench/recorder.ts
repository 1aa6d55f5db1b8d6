import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { ms, quantile } from '#bench/statistics'
import { startEmbeddedDatabase } from '#db/embedded/start'
import { migrate } from '#db/migrate'
import { createDatabase, withDatabase } from '#db/testing/databases'
import { openVerificationDatabase } from '#db/verification-client'
import { openUsageRecorder } from '#lib/verification/usage-recorder'

// 10,000 uses a second, Zipf over 100,000 tokens, fed to the recorder for a minute: how long each write takes, what is
// dropped, and whether the tables hold every use. `node bench/recorder.ts [--seconds 60] [--per-second 10000]`.

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, 'per-second': { type: 'string', default: '10000' } },
})
const SECONDS = Number(values.seconds)
const PER_SECOND = Number(values['per-second'])
const TOKENS = 100_000
const HOUR_TABLES = ['usage_hours', 'usage_endpoints', 'usage_resources', 'usage_addresses', 'usage_user_agents']

await using resources = new AsyncDisposableStack()
const dataDir = await mkdtemp(join(tmpdir(), 'tokenry bench '))
resources.defer(() => rm(dataDir, { recursive: true, force: true }))
const embedded = await startEmbeddedDatabase({ dataDir, say: () => {} })
resources.defer(() => rm(embedded.dataPath, { recursive: true, force: true }))
resources.defer(() => embedded.stop())
await createDatabase(embedded.url, 'recorder')
const url = withDatabase(embedded.url, 'recorder')
await migrate(url, { say: () => {} })
const sql = postgres(url, { max: 1, onnotice: () => {} })
resources.defer(() => sql.end())
const ids = await makeTokens()

async function makeTokens(): Promise<{ id: string; organization: string }[]> {
  await sql`insert into organizations (kind, slug, name) values ('platform', 'platform', 'P')`
  await sql`insert into organizations (kind, parent_id, slug, name, tier_id)
    select 'customer', p.id, 'c' || n, 'C' || n, (select id from tiers limit 1)
    from organizations p, generate_series(1, 200) n`
  await sql`insert into tokens (id, kind, organization_id, name, name_key, scopes, created_at, updated_at, revealed_at)
    select left(translate(encode(sha256(n::text::bytea), 'base64'), '+/=', 'xyz'), 16), 'organization', o.id, n::text,
      n::text, '{}', now(), now(), now()
    from generate_series(1, ${TOKENS}::int) n join organizations o on o.slug = 'c' || (1 + n % 200)`
  await sql`vacuum analyze`
  return sql<{ id: string; organization: string }[]>`select id, organization_id as organization from tokens`
}

const nth = ids.map((_, rank) => 1 / (rank + 1))
const weights = Float64Array.from(nth)
for (let n = 1; n < weights.length; n++) weights[n] = (weights[n] ?? 0) + (weights[n - 1] ?? 0)
const whole = weights.at(-1) ?? 1

function zipf(): number {
  const wanted = Math.random() * whole
  let [low, high] = [0, weights.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((weights[middle] ?? 0) < wanted) low = middle + 1
    else high = middle
  }
  return low
}

const pick = (many: number) => Math.floor(Math.random() * many)

function useOf({ id, organization }: { id: string; organization: string }, rank: number) {
  return {
    tokenId: id,
    organizationId: organization,
    outcome: pick(100) === 0 ? ('expired' as const) : ('active' as const),
    at: Date.now(),
    endpoint: `/v1/${['measurements', 'devices', 'reports', 'alerts', 'exports'][pick(5)]}`,
    resource: pick(3) === 0 ? null : `device:meter-${rank % 1000}-${pick(3)}`,
    ip: `203.0.${rank % 256}.${pick(4)}`,
    userAgent: `gateway/2.${pick(3)}.1 linux-arm64`,
    opened: null,
  }
}

const database = openVerificationDatabase(url, { connections: 1, durable: false })
resources.defer(() => database.close())

/** One token presented again and again, as on the hot path: CPU of a call, writes left out. */
function costOfRepeated(): number {
  const quiet = openUsageRecorder(database, { lastUsesEveryMs: 1e8, hoursEveryMs: 1e8 })
  const [token] = ids
  if (token === undefined) throw new Error('there are no tokens')
  const texts = { ip: '203.0.113.24', userAgent: 'gateway/2.4.1', endpoint: '/v1/measurements', resource: 'device:a' }
  const { id: tokenId, organization: organizationId } = token
  const times = 3_000_000
  let begun = process.cpuUsage()
  for (let n = -200_000; n < times; n++) {
    if (n === 0) begun = process.cpuUsage()
    quiet.record({ tokenId, organizationId, outcome: 'active', at: 1_790_000_000_000 + n, ...texts, opened: null })
  }
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / times
}

const [backend] = await database.ask((asked) => asked<{ pid: number }[]>`select pg_backend_pid() as pid`)
/** CPU that the ledger's connection has had of PostgreSQL, in ms. */
async function cpuOfPostgres(): Promise<number> {
  const stat = await readFile(`/proc/${backend?.pid}/stat`, 'utf8')
  const [user, system] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14)
  return (Number(user) + Number(system)) * 10
}

const repeated = costOfRepeated()
const took = { lastUses: [] as number[], hours: [] as number[] }
const lastUsesOn = openVerificationDatabase(url, { connections: 1, durable: false })
resources.defer(() => lastUsesOn.close())
const recorder = openUsageRecorder(database, {
  lastUsesOn,
  flushed: (what, milliseconds) => void took[what].push(milliseconds),
})
let uses = 0
let recorded = 0
const cpu = process.cpuUsage()
const cpuBefore = await cpuOfPostgres()
const begun = performance.now()
for (;;) {
  const elapsed = performance.now() - begun
  const due = Math.min(Math.floor((elapsed / 1000) * PER_SECOND), PER_SECOND * SECONDS)
  const batch = Array.from({ length: Math.max(0, due - uses) }, () => {
    const rank = zipf()
    return useOf(ids[rank] ?? { id: '', organization: '' }, rank)
  })
  const before = process.cpuUsage()
  for (const use of batch) recorder.record(use)
  const taken = process.cpuUsage(before)
  recorded += taken.user + taken.system
  uses += batch.length
  if (uses >= PER_SECOND * SECONDS) break
  await pause(1)
}
const { user, system } = process.cpuUsage(cpu)
const closing = performance.now()
await recorder.close()
const closed = performance.now() - closing

console.log(`${uses} uses in ${SECONDS} s`)
console.log(
  `record(): ${repeated.toFixed(2)} µs CPU for a repeated token, ${(recorded / uses).toFixed(2)} µs in this mix`,
)
console.log(
  `its connection of PostgreSQL: ${((((await cpuOfPostgres()) - cpuBefore) / (closing - begun)) * 1000).toFixed(0)} ms CPU a second`,
)
console.log(`the whole process: ${((user + system) / uses).toFixed(1)} µs CPU a use, its generator included`)
for (const what of ['lastUses', 'hours'] as const) {
  const times = took[what]
  const figures = [quantile(times, 0.5), quantile(times, 0.99), Math.max(...times)].map(ms)
  console.log(`${what}: ${times.length} writes, p50 ${figures[0]}, p99 ${figures[1]}, longest ${figures[2]}`)
}
console.log(`closing took ${ms(closed)}; dropped`, recorder.dropped())
for (const table of HOUR_TABLES) {
  const [row] = await sql`select count(*)::int as rows, pg_size_pretty(pg_total_relation_size(${table})) as size,
    sum(${table === 'usage_hours' ? sql`count` : sql`active + refused`})::int as uses from ${sql(table)}`
  console.log(`${table}: ${row?.['rows']} rows, ${row?.['size']}, ${row?.['uses']} uses`)
  if (table === 'usage_hours' && row?.['uses'] !== uses) throw new Error(`${uses} uses were recorded`)
}
const [dirty] = await sql`select relname, n_tup_upd::int as updates, n_tup_hot_upd::int as hot from pg_stat_user_tables
  where relname = 'usage_hours'`
console.log(`of ${dirty?.['updates']} updates of usage_hours ${dirty?.['hot']} touched no index`)
const [set] = await sql`select count(last_used_at)::int as tokens from tokens`
console.log(`${set?.['tokens']} tokens have a last use; every use is counted`)
