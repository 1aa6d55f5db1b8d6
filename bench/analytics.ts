import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import postgres, { type Sql } from 'postgres'
import { ms, quantile } from '#bench/statistics'
import { startDatabase } from '#bench/verify/database'
import { makeTokens } from '#bench/verify/fixture'
import { disposeOnSignals } from '#bench/verify/signals'
import { SERVER_CORE, startTarget } from '#bench/verify/target'
import { openDatabase } from '#db/client'
import { migrate } from '#db/migrate'
import { makeDays } from '#db/queries/usage-days'
import { systemClock } from '#lib/clock'
import type { Context } from '#lib/context'
import { loadOrganization, type Organization } from '#lib/organizations/load'
import { readAnalytics } from '#lib/usage/analytics'
import { listCustomerUsage } from '#lib/usage/below'
import { groupDays } from '#lib/usage/group'
import { loadAnalyticsSearch, shownPeriod } from '#lib/usage/search'

// Analytics over 90 days of one customer and of the reseller above all of them, at ten million hourly rows, beside the
// sums alone as SQL, while services verify. `npm run bench:analytics -- [--customers 1000] [--rounds 100] [--rate 1000]`

const AIM_MS = 150
const TOKENS = 5
const DAYS = 90

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '100' },
    rate: { type: 'string', default: '1000' },
  },
})
const rounds = Number(values.rounds)

await using resources = new AsyncDisposableStack()
disposeOnSignals(resources)
const { database } = await startDatabase(resources)
const url = await database('analytics')
await migrate(url, { say: () => {} })
const sql = postgres(url, { max: 1, onnotice: () => {} })
resources.defer(() => sql.end())
const { platform, reseller, customer } = await makeOrganizations(sql, Number(values.customers))
await makeUsage(sql)
const [gateway = ''] = await makeTokens(sql, platform, ['tokens:verify'], 0, 1)
const [token = ''] = await makeTokens(sql, customer, ['data:read'], 1, 1)
const [rows] = await sql<{ hours: number; days: number }[]>`
  select (select count(*)::int from usage_hours) as hours, (select count(*)::int from usage_days) as days`
console.log(`${rows?.hours} hourly rows, ${rows?.days} of days`)

async function makeOrganizations(sql: Sql, customers: number) {
  const add = async (kind: string, slug: string, parent: string | null) => {
    const [row] = await sql<{ id: string }[]>`insert into organizations (kind, parent_id, slug, name, tier_id)
      values (${kind}, ${parent}, ${slug}, ${slug}, ${parent === null ? null : sql`(select id from tiers where name = 'Advanced')`})
      returning id`
    if (row === undefined) throw new Error(`no organization ${slug}`)
    return row.id
  }
  const platform = await add('platform', 'platform', null)
  const reseller = await add('reseller', 'northwind', platform)
  await sql`insert into organizations (kind, parent_id, slug, name, tier_id)
    select 'customer', ${reseller}, 'c' || n, 'C' || n, (select id from tiers where name = 'Advanced')
    from generate_series(1, ${customers}::int) n`
  await sql`insert into tokens (id, kind, organization_id, name, name_key, scopes, created_at, updated_at, revealed_at)
    select left(translate(encode(sha256((o.slug || n)::bytea), 'base64'), '+/=', 'xyz'), 16), 'organization', o.id,
      n::text, n::text, '{}', now(), now(), now()
    from organizations o, generate_series(1, ${TOKENS}::int) n where o.kind = 'customer'`
  const [one] = await sql<{ id: string }[]>`select id from organizations where slug = 'c1'`
  if (one === undefined) throw new Error('there are no customers')
  return { platform, reseller, customer: one.id }
}

// As the recorder writes them: hour after hour, a row for each token; of every tenth a second one, refused.
async function makeUsage(sql: Sql): Promise<void> {
  await sql`insert into usage_hours (organization_id, token_id, hour, outcome, count)
    select t.organization_id, t.id, h, o.outcome::outcome, 1 + (hashtext(t.id || h::text) & 255)
    from generate_series(date_trunc('hour', now()) - make_interval(days => ${DAYS}), now(), '1 hour') h, tokens t,
      lateral (select 'active' as outcome union all select 'expired' where hashtext(t.id || h::text) % 10 = 0) o
    order by h`
  await makeDays(sql)
  for (const [table, value] of [
    ['usage_endpoints', '/v1/'],
    ['usage_resources', 'device:'],
    ['usage_addresses', '192.0.2.'],
    ['usage_user_agents', 'agent/'],
  ] as const)
    await sql`insert into ${sql(table)} (organization_id, token_id, hour, value, active, refused)
      select organization_id, token_id, hour, ${value} || n, count, 0
      from usage_hours h, generate_series(1, 3) n
      where outcome = 'active' and organization_id = (select id from organizations where slug = 'c1')`
  await sql`vacuum analyze`
  // As the desk does when they are over; today stays as it came.
  const db = openDatabase(url, { connections: 1 })
  const begun = performance.now()
  await groupDays(db, systemClock(), {
    goOn: () => true,
    failed: (_, error) => {
      throw error
    },
  })
  console.log(`grouped ${DAYS} days in ${ms(performance.now() - begun)}`)
  await db.close()
  await sql`vacuum analyze usage_days, usage_groups, usage_weeks`
}

const verifier = await startTarget(resources, ['verifier.ts'], {
  DATABASE_URL: url,
  VERIFIER_PORT: '0',
  HOST: '127.0.0.1',
})
const question = {
  url: verifier.url,
  credential: gateway,
  body: JSON.stringify({ token }),
  perSecond: Number(values.rate),
}
const env = { ...process.env, QUESTION: JSON.stringify(question) }
const load = spawn('taskset', ['-c', SERVER_CORE, process.execPath, 'bench/verify/steady.ts', '3600'], {
  env,
  stdio: 'ignore',
})
resources.defer(() => void load.kill())

const db = openDatabase(url, { connections: 10 })
resources.defer(() => db.close())
const ctx = (organizationId: string): Context => ({
  ...{ db, clock: systemClock, prefix: 'tok', sealKeys: [] },
  actor: {
    ...{ userId: '00000000-0000-4000-8000-000000000001', email: 'bench@example.com', ip: null, userAgent: null },
    ...{ memberships: [{ organizationId, role: 'admin' }], confirmedAt: null },
  },
})
const search = loadAnalyticsSearch('?period=90d')
const shown = () => shownPeriod(search, systemClock(), 'Europe/Berlin').shown
const open = async (id: string): Promise<Organization> => {
  const found = await loadOrganization(db, id)
  if (found === null) throw new Error('it is not there')
  return found
}
const [one, above] = await Promise.all([open(customer), open(reseller)])

const from = () => shown().from
const plans = {
  'one customer, its page': () => readAnalytics(ctx(customer), one, shown()),
  'one customer, the sum as SQL': () => sql`select date_trunc('day', hour, 'Europe/Berlin'), outcome, sum(count)
    from usage_hours where organization_id = ${customer} and hour >= ${from()} group by 1, 2`,
  'the reseller, its page': () =>
    Promise.all([
      readAnalytics(ctx(reseller), above, shown()),
      listCustomerUsage(ctx(reseller), above, { shown: shown(), search }),
    ]),
  'the reseller, the sum as SQL': () => sql`select organization_id, outcome, sum(count) from usage_days
    where day >= ${from()} and organization_id in (select id from organizations where parent_id = ${reseller})
    group by 1, 2`,
}
const took = new Map<string, number[]>()
for (let round = -5; round < rounds; round++)
  for (const [name, run] of Object.entries(plans)) {
    const begun = performance.now()
    await run()
    if (round >= 0) took.set(name, [...(took.get(name) ?? []), performance.now() - begun])
  }
for (const [name, times] of took) {
  const p95 = quantile(times, 0.95)
  const aim = name.endsWith('page') ? `; aim of ${AIM_MS} ms ${p95 <= AIM_MS ? 'met' : 'MISSED'}` : ''
  console.log(`${name}: p50 ${ms(quantile(times, 0.5))}, p95 ${ms(p95)}${aim}`)
}
