import postgres from 'postgres'
import { startDesk } from '#bench/desk'
import { makeManyTokens } from '#bench/many-tokens'
import { median, ms, quantile } from '#bench/statistics'
import { openDatabase } from '#db/client'
import { countTokensByStatus, listTokens, type TokenListQuery } from '#db/queries/token-list'
import { cookieOf } from '#e2e/support/post-action'
import { TOKENS_A_PAGE } from '#lib/tokens/list'
import { loadTokenSearch, parseTokenSort, type TokenSearch } from '#lib/tokens/search'

// The page Tokens of an organization with 100,000 tokens beside its bare SQL, in turn, in the same run: the page as the
// browser asks for it (HTML, gzip), and the two statements behind the list.
// `node bench/tokens-page.ts` after a build.

const TOKENS = Number(process.env['TOKENS'] ?? 100_000)
const ROUNDS = Number(process.env['ROUNDS'] ?? 20)
const AIM = { times: 3, plus: 25 }

const CASES = [
  ['first page', ''],
  ['last page', '?before=end'],
  ['search, many found', '?q=gateway'],
  ['search, few found', '?q=metering%209997'],
  ['search by part of the id', '?q=t12345'],
  ['revoked only', '?status=revoked'],
  ...['name', '-name', 'created', 'lastUsed', '-lastUsed', 'expires', '-expires'].map(
    (sort) => [`by ${sort}`, `?sort=${sort}`] as const,
  ),
  ['by -lastUsed, last page', '?sort=-lastUsed&before=end'],
] as const

await using resources = new AsyncDisposableStack()
const { url, databaseUrl } = await startDesk(resources)
const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
resources.defer(() => sql.end())
const { slug, organizationId } = await makeManyTokens(sql, TOKENS)
const db = openDatabase(databaseUrl, { connections: 2 })
resources.defer(() => db.close())
const cookie = await cookieOf(url, 'reseller@demo.example', 'tokenry-demo')

/** What the list itself asks of the database. */
async function bareSql(search: TokenSearch): Promise<void> {
  const { column, descending } = parseTokenSort(search.sort)
  const query: TokenListQuery = {
    of: { organizationId },
    search: { nameKey: search.q.toLowerCase(), text: search.q },
    status: search.status,
    order: { by: column, descending },
    now: new Date(),
  }
  await Promise.all([
    listTokens(db, query, search.before === 'end' ? { from: 'end' } : { from: 'start' }, TOKENS_A_PAGE),
    countTokensByStatus(db, query),
  ])
}

async function page(query: string): Promise<void> {
  const answer = await fetch(`${url}/o/${slug}/tokens${query}`, { headers: { cookie } })
  const text = await answer.text()
  if (answer.status !== 200 || !text.includes('aria-label="Tokens"')) throw new Error(`no page: ${answer.status}`)
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

const width = Math.max(...CASES.map(([name]) => name.length))
console.log(
  `${TOKENS} tokens, ${ROUNDS} rounds; aim: the page's p95 under ${AIM.times} times the SQL's plus ${AIM.plus} ms`,
)
for (const [name, query] of CASES) {
  const search = loadTokenSearch(new URL(query, 'http://bench.invalid'))
  const [bare, whole]: [number[], number[]] = [[], []]
  for (let round = -2; round < ROUNDS; round++) {
    const sqlTook = await timed(() => bareSql(search))
    const pageTook = await timed(() => page(query))
    if (round < 0) continue
    bare.push(sqlTook)
    whole.push(pageTook)
  }
  const [sqlP95, pageP95] = [quantile(bare, 0.95), quantile(whole, 0.95)]
  const aim = AIM.times * sqlP95 + AIM.plus
  console.log(
    `${name.padEnd(width)}  SQL p50 ${ms(median(bare))} p95 ${ms(sqlP95)}  page p50 ${ms(median(whole))} p95 ${ms(pageP95)}  ` +
      `aim ${ms(aim)} ${pageP95 <= aim ? 'met' : 'MISSED'}`,
  )
}
