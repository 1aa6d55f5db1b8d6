import { expect, test } from 'vitest'
import { loadOrganization } from '#lib/organizations/load'
import { testWorld } from '#lib/testing/world'
import { homeOf } from '#lib/tokens/home'
import { listTokenNotices, listTokens, tokensVersion } from '#lib/tokens/list'
import { loadTokenSearch, type TokenSearch } from '#lib/tokens/search'

async function sixtyTokens() {
  const world = await testWorld()
  const { sql, alder, clock } = world
  await sql`delete from tokens`
  for (let n = 0; n < 60; n++) {
    const id = `t${String(n).padStart(15, '0')}`
    // Ties on purpose: created by the dozen, used by the ten, some never; every fourth never expires.
    const day = (days: number) => new Date(clock().getTime() + days * 86_400_000)
    await sql`insert into tokens ${sql({
      id,
      kind: 'organization',
      organization_id: alder.id,
      name: `Token ${n % 7} of ${n}`,
      name_key: `token ${n % 7} of ${n}`,
      scopes: ['data:read'],
      created_at: day(-1 - (n % 5)),
      updated_at: clock(),
      last_used_at: n % 3 === 0 ? null : day(-(n % 10) / 10),
      expires_at: n % 4 === 0 ? null : day((n % 9) - 3),
      revoked_at: n % 11 === 0 ? clock() : null,
    })}`
  }
  const admin = await world.person(alder, 'admin')
  const list = (search: Partial<TokenSearch>) => listTokens(admin, homeOf(alder), { ...loadTokenSearch(''), ...search })
  return { ...world, admin, list }
}

test.each(['name', '-name', 'created', '-created', 'lastUsed', '-lastUsed', 'expires', '-expires'] as const)(
  'pages by %s show every token once, forwards and backwards alike',
  async (sort) => {
    const { list } = await sixtyTokens()
    const forwards: string[] = []
    let page = await list({ sort })
    expect(page).toMatchObject({ total: 60, first: 1, previous: null, last: 'end' })
    for (;;) {
      forwards.push(...page.tokens.map(({ id }) => id))
      if (page.next === null) break
      page = await list({ sort, after: page.next })
    }
    expect(new Set(forwards).size).toBe(60)
    expect(forwards).toHaveLength(60)

    const end = await list({ sort, before: 'end' })
    expect(end.tokens.map(({ id }) => id)).toEqual(forwards.slice(35))
    expect(end).toMatchObject({ first: 36, next: null, last: null })
    const before = await list({ sort, before: end.previous })
    expect(before.tokens.map(({ id }) => id)).toEqual(forwards.slice(10, 35))
  },
)

test('never used stands last whichever way the list runs', async () => {
  const { list } = await sixtyTokens()
  for (const sort of ['lastUsed', '-lastUsed'] as const) {
    expect((await list({ sort })).tokens[0]?.lastUsedAt).not.toBeNull()
    expect((await list({ sort, before: 'end' })).tokens.at(-1)?.lastUsedAt).toBeNull()
  }
})

test('counts by status add up, and a filter shows what it counts', async () => {
  const { list } = await sixtyTokens()
  const { counts } = await list({})
  expect(counts.active + counts.revoked + counts.expired).toBe(counts.all)
  for (const status of ['active', 'revoked', 'expired'] as const) {
    const page = await list({ status })
    expect(page.total).toBe(counts[status])
    expect(new Set(page.tokens.map((token) => token.status))).toEqual(new Set([status]))
  }
})

test('search finds by name in any case and by part of the id, and takes wildcards as letters', async () => {
  const { list } = await sixtyTokens()
  expect((await list({ q: 'TOKEN 3 OF 10' })).tokens.map(({ name }) => name)).toEqual(['Token 3 of 10'])
  expect((await list({ q: '00042' })).tokens.map(({ id }) => id)).toEqual(['t000000000000042'])
  expect((await list({ q: '%' })).counts.all).toBe(0)
  expect((await list({ q: '_' })).counts.all).toBe(0)
})

test('a cursor of another order or from nowhere leads to the first page', async () => {
  const { list } = await sixtyTokens()
  const byName = (await list({ sort: 'name' })).next
  const first = (await list({})).tokens.map(({ id }) => id)
  for (const after of [
    byName,
    'nonsense',
    Buffer.from('["2026-99-99 00:00:00","t000000000000042"]').toString('base64url'),
  ])
    expect((await list({ after })).tokens.map(({ id }) => id)).toEqual(first)
})

test('the version changes with a use, an edit, an expiry and a deletion, and with nothing else', async () => {
  const { admin, alder, sql, pass } = await sixtyTokens()
  const version = () => tokensVersion(admin, homeOf(alder))
  const seen = [await version()]
  expect(await version()).toBe(seen[0])
  await sql`update tokens set last_used_at = ${new Date(admin.clock().getTime() + 1000)} where id = 't000000000000001'`
  seen.push(await version())
  await sql`update tokens set updated_at = updated_at + interval '1 second' where id = 't000000000000001'`
  seen.push(await version())
  pass(3 * 86_400_000)
  seen.push(await version())
  await sql`update tokens set deleted_at = now() where id = 't000000000000001'`
  seen.push(await version())
  expect(new Set(seen).size).toBe(5)
})

test('the answer line counts what nobody revealed and what expires within 14 days, and names two of each', async () => {
  const { admin, alder, sql, db, clock } = await sixtyTokens()
  const organization = await loadOrganization(db, alder.id)
  if (organization === null) throw new Error('no organization')
  const { unrevealed, ending } = await listTokenNotices(admin, homeOf(organization))
  const [counted] = await sql`select count(*)::int as unrevealed, count(expires_at)::int as ending from tokens
    where organization_id = ${alder.id} and revoked_at is null and (expires_at is null or expires_at > ${clock()})`
  expect({ unrevealed: unrevealed.count, ending: ending.count }).toEqual({ ...counted })
  expect(unrevealed.count).toBeGreaterThan(20)
  expect(unrevealed.first).toHaveLength(2)
  expect(ending.first).toHaveLength(2)
})

test('pages by name go on past names that are thousands of bytes long once folded', async () => {
  const { admin, alder, sql } = await sixtyTokens()
  await sql`update tokens set name = repeat(${'\uFDFA'}, 98) || right(id, 2), name_key = repeat(${'\uFDFA'.normalize('NFKC')}, 98) || right(id, 2) where organization_id = ${alder.id}`
  const list = (search: Partial<TokenSearch>) => listTokens(admin, homeOf(alder), { ...loadTokenSearch(''), ...search })
  const first = await list({ sort: 'name' })
  const url = loadTokenSearch(`?sort=name&after=${first.next}`)
  const second = await listTokens(admin, homeOf(alder), url)
  expect(second.first).toBe(26)
  expect(second.tokens[0]?.id).toBe('t000000000000025')
})
