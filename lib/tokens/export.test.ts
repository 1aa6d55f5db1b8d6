import { expect, test } from 'vitest'
import { DomainError } from '#lib/errors'
import { parseCsv } from '#lib/testing/parse-csv'
import { newRevealKey, testWorld } from '#lib/testing/world'
import { exportTokens } from '#lib/tokens/export'
import { homeOf } from '#lib/tokens/home'
import { listTokens } from '#lib/tokens/list'
import { revealToken } from '#lib/tokens/reveal'
import { loadTokenSearch, type TokenSearch } from '#lib/tokens/search'

async function opened(texts: AsyncGenerator<string>) {
  let whole = ''
  for await (const text of texts) whole += text
  return { whole, rows: parseCsv(whole) }
}

async function withTokens(count: number) {
  const world = await testWorld()
  const { sql, alder, clock } = world
  await sql`delete from tokens`
  await sql`
    insert into tokens (id, kind, organization_id, name, name_key, scopes, created_at, updated_at, last_used_at, revoked_at)
    select 't' || lpad(n::text, 15, '0'), 'organization', ${alder.id}, '=Token ' || n, '=token ' || n, '{data:read,reports:read}',
      ${clock()}::timestamptz - n % 7 * interval '1 day', ${clock()},
      case when n % 3 > 0 then ${clock()}::timestamptz - n % 10 * interval '1 hour' end,
      case when n % 5 = 0 then ${clock()}::timestamptz end
    from generate_series(1, ${count}) n`
  const admin = await world.person(alder, 'admin')
  const search = (change: Partial<TokenSearch>) => ({ ...loadTokenSearch(''), ...change })
  return {
    ...world,
    admin,
    search,
    exported: (change: Partial<TokenSearch> = {}) => opened(exportTokens(admin, homeOf(alder), search(change))),
  }
}

test('a line tells of a token what the list does, and no more of its secret', async () => {
  const { exported, admin, sql } = await withTokens(1)
  const { secret } = await revealToken(admin, { tokenId: 't000000000000001', key: newRevealKey() })
  await sql`update tokens set expires_at = '2027-02-14T00:00:00Z'`
  const { whole, rows } = await exported()
  expect(whole.startsWith('\uFEFFToken,')).toBe(true)
  expect(rows).toEqual([
    ['Token', 'Name', 'Kind', 'Status', 'Created', 'Last used', 'Expires', 'Scopes', 'API user'],
    [
      `tok_org_t000000000000001_••••••${secret.reveal().slice(-4)}`,
      "'=Token 1",
      'organization',
      'active',
      '2026-11-21T12:00:00.000Z',
      '2026-11-22T11:00:00.000Z',
      '2027-02-14T00:00:00.000Z',
      'data:read reports:read',
      '',
    ],
  ])
  expect(whole).not.toContain(secret.reveal())
})

test('a service token names its API user', async () => {
  const { exported, sql, alder, clock } = await withTokens(1)
  const [user] = await sql`insert into service_accounts (organization_id, name, name_key, role, scopes)
    values (${alder.id}, 'Importer', 'importer', 'viewer', '{}') returning id`
  await sql`insert into tokens (id, kind, organization_id, service_account_id, name, name_key, scopes, created_at, updated_at)
    values ('service000000000', 'service', ${alder.id}, ${user?.['id']}, 'Nightly', 'nightly', '{}', ${clock()}, ${clock()})`
  const { rows } = await exported({ q: 'nightly' })
  expect([1, 2, 8].map((column) => rows[1]?.[column])).toEqual(['Nightly', 'service', 'Importer'])
})

test.each(['name', '-created', 'lastUsed', '-lastUsed', 'expires'] as const)(
  'all that match are there once, by %s in the order of the list, however many thousands',
  async (sort) => {
    const { exported, admin, alder, search } = await withTokens(2300)
    const { rows } = await exported({ sort, status: 'active', q: 'token' })
    const ids = rows.slice(1).map(([token = '']) => token.slice(8, 24))
    expect(new Set(ids).size).toBe(1840)
    expect(ids).toHaveLength(1840)
    const page = await listTokens(admin, homeOf(alder), search({ sort, status: 'active', q: 'token' }))
    expect(ids.slice(0, 25)).toEqual(page.tokens.map(({ id }) => id))
    const end = await listTokens(admin, homeOf(alder), search({ sort, status: 'active', q: 'token', before: 'end' }))
    expect(ids.slice(-25)).toEqual(end.tokens.map(({ id }) => id))
  },
)

test('a stranger is refused before the first line', async () => {
  const { person, organization, northwind, alder, search } = await withTokens(1)
  const stranger = await person(await organization('Birch', northwind, 'customer'), 'admin')
  expect(() => exportTokens(stranger, homeOf(alder), search({}))).toThrow(DomainError)
})
