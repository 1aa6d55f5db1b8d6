import { startDesk } from '#bench/desk'
import { openReplay } from '#bench/replay'
import { median, ms, quantile } from '#bench/statistics'
import { findUserByEmailKey } from '#db/queries/users'
import { cookieOf } from '#e2e/support/post-action'
import type { Context } from '#lib/context'
import { seedLarge } from '#lib/demo/large'
import { searchText } from '#lib/lists/search'
import { customerFormOptions } from '#lib/organizations/customer-options'
import { findOrganizations } from '#lib/organizations/find-organizations'
import { listCustomers } from '#lib/organizations/list-customers'
import { openOrganization } from '#lib/organizations/load'
import { loadCustomerSearch } from '#lib/organizations/search'
import { tokenFormOptions } from '#lib/tokens/form-options'
import { homeOf } from '#lib/tokens/home'
import { listTokenNotices, listTokens } from '#lib/tokens/list'
import { loadTokenSearch } from '#lib/tokens/search'

// Screens of a platform admin over the large sample, 5,000 organizations on 4 levels with 50,000 tokens, as HTTP of the
// built server and beside it the very statements that their lists ask, in turn, in the same run.
// `node bench/large.ts` after a build; `--json` for figures alone, `--explain` for the plan of each one's slowest statement.

const ROUNDS = Number(process.env['ROUNDS'] ?? 30)
const [json, explains] = ['--json', '--explain'].map((flag) => process.argv.includes(flag))

await using resources = new AsyncDisposableStack()
const { url, databaseUrl } = await startDesk(resources)
const replay = openReplay(databaseUrl)
resources.defer(() => replay.close())
const { db } = replay
await seedLarge(db, { passwordHash: 'nobody signs in as these', now: new Date() })
const cookie = await cookieOf(url, 'admin@demo.example', 'tokenry-demo')
const ctx = await contextOf('admin@demo.example')
const platform = await openOrganization(db, ctx.actor, 'platform')
const largest = await openOrganization(db, ctx.actor, await largestSlug())

async function contextOf(email: string): Promise<Context> {
  const user = await findUserByEmailKey(db, email)
  const [row] = await db.execute<{ id: string }>("select id from organizations where kind = 'platform'")
  if (user === null || row === undefined) throw new Error('the sample data are missing')
  const memberships = [{ organizationId: row.id, role: 'admin' as const }]
  const actor = { userId: user.id, email, memberships, ip: null, userAgent: null, confirmedAt: null }
  return { db, actor, clock: () => new Date(), prefix: 'tok', sealKeys: [] }
}

async function largestSlug(): Promise<string> {
  const [row] = await db.execute<{ slug: string }>(`select o.slug from organizations o join tokens t
    on t.organization_id = o.id where t.deleted_at is null group by o.id order by count(*) desc, o.slug limit 1`)
  if (row === undefined) throw new Error('there are no tokens')
  return row.slug
}

type Case = {
  readonly name: string
  readonly path: string
  readonly shows: string
  readonly load: () => Promise<unknown>
}

const customers = (name: string, query: string): Case => ({
  name: `Customers, ${name}`,
  path: `/o/platform/customers${query}`,
  shows: 'aria-label="Customers"',
  load: () =>
    Promise.all([
      customerFormOptions(ctx, platform),
      listCustomers(ctx, platform, loadCustomerSearch(new URL(query, 'http://bench.invalid'))),
    ]),
})
const switcher = (name: string, q: string): Case => ({
  name: `switcher, ${name}`,
  path: `/organizations?q=${encodeURIComponent(q)}`,
  shows: '"slug"',
  load: () => findOrganizations(ctx, searchText(q)),
})
const tokens = (name: string, query: string): Case => ({
  name: `Tokens, ${name}`,
  path: `/o/${largest.slug}/tokens${query}`,
  shows: 'aria-label="Tokens"',
  load: () =>
    Promise.all([
      tokenFormOptions(ctx, homeOf(largest)),
      listTokens(ctx, homeOf(largest), loadTokenSearch(new URL(query, 'http://bench.invalid'))),
      listTokenNotices(ctx, homeOf(largest)),
    ]),
})
/** A page far from either end: its rows are counted from the start. */
async function deepQuery(): Promise<string> {
  let query = '?below=all&before=end'
  for (let page = 0; page < 5; page++) {
    const { previous } = await listCustomers(ctx, platform, loadCustomerSearch(new URL(query, 'http://bench.invalid')))
    query = `?below=all&before=${previous}`
  }
  return query
}

const CASES: readonly Case[] = [
  customers('first page', '?below=all'),
  customers('first page, directly below', ''),
  customers('search, many found', '?below=all&q=grid'),
  customers('search, one found', '?below=all&q=large-4321'),
  customers('deep page', await deepQuery()),
  customers('by last activity', '?below=all&sort=-activity'),
  customers('at their limit', '?below=all&show=limit'),
  switcher('nothing typed', ''),
  switcher('many found', 'grid'),
  switcher('one found', 'large-4321'),
  tokens('first page', ''),
  tokens('search', '?q=billing'),
]

async function page({ path, shows }: Case): Promise<void> {
  const answer = await fetch(url + path, { headers: { cookie } })
  const text = await answer.text()
  if (answer.status !== 200 || !text.includes(shows)) throw new Error(`${path} is no page: ${answer.status}`)
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

const width = Math.max(...CASES.map(({ name }) => name.length))
const results: object[] = []
for (const each of CASES) {
  const statements = await replay.take(each.load)
  const [bare, whole]: [number[], number[]] = [[], []]
  const byStatement = statements.map((): number[] => [])
  for (let round = -3; round < ROUNDS; round++) {
    let sum = 0
    for (const [at, statement] of statements.entries()) {
      const took = await timed(() => replay.ask([statement]))
      sum += took
      if (round >= 0) byStatement[at]?.push(took)
    }
    const pageTook = await timed(() => page(each))
    if (round < 0) continue
    bare.push(sum)
    whole.push(pageTook)
  }
  const figures = {
    name: each.name,
    statements: statements.length,
    sql: { p50: median(bare), p95: quantile(bare, 0.95) },
    http: { p50: median(whole), p95: quantile(whole, 0.95) },
    ratio: median(whole) / median(bare),
  }
  results.push(figures)
  if (json === true) continue
  const { sql, http } = figures
  console.log(
    `${each.name.padEnd(width)}  ${statements.length} statements p50 ${ms(sql.p50)} p95 ${ms(sql.p95)}  ` +
      `HTTP p50 ${ms(http.p50)} p95 ${ms(http.p95)}  ${figures.ratio.toFixed(2)} times`,
  )
  if (explains !== true) continue
  const medians = byStatement.map(median)
  const slowest = statements[medians.indexOf(Math.max(...medians))]
  if (slowest !== undefined)
    console.log(
      `  ${medians.map((each) => each.toFixed(1)).join(' + ')} ms\n${slowest.text}\n${await replay.explain(slowest)}\n`,
    )
}
if (json === true) console.log(JSON.stringify({ rounds: ROUNDS, results }, null, 2))
