import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countQueries } from '#db/testing/count-queries'
import { closeCustomer } from '#lib/organizations/close-customer'
import { editCustomer } from '#lib/organizations/edit-customer'
import { exportCustomers } from '#lib/organizations/export-customers'
import { findCustomer, findCustomerHits } from '#lib/organizations/find-customer'
import { findOrganizations } from '#lib/organizations/find-organizations'
import { listCustomers } from '#lib/organizations/list-customers'
import { type CustomerSearch, loadCustomerSearch } from '#lib/organizations/search'
import { suspendCustomer } from '#lib/organizations/suspend-customer'
import { refusing, tree } from '#lib/organizations/testing/tree'
import { createToken } from '#lib/tokens/create'

type Tree = Awaited<ReturnType<typeof tree>>

const listOf =
  ({ latest }: Tree, ctx: Tree['root'], id: string) =>
  async (search: Partial<CustomerSearch> = {}) =>
    listCustomers(ctx, await latest(id), { ...loadCustomerSearch(''), ...search })

/** Northwind with 60 further customers, some used, opened over several days. */
async function sixty() {
  const world = await tree()
  const { sql, northwind, tier } = world
  await sql`insert into organizations (kind, parent_id, slug, name, tier_id, created_at)
    select 'customer', ${northwind.id}, 'c' || n, 'Customer ' || n % 7 || ' of ' || n, ${await tier('Lite')},
      timestamptz '2026-01-01' + make_interval(days => n % 5) from generate_series(1, 60) n`
  await sql`insert into tokens (id, kind, organization_id, name, name_key, scopes, created_at, updated_at, last_used_at)
    select lpad(row_number() over (order by slug)::text, 16, '0'), 'organization', id, 'T', 't', '{}', now(), now(),
      case when right(slug, 1) <> '3' then timestamptz '2026-02-01' + make_interval(hours => length(slug)) end
    from organizations where slug ~ '^c[0-9]'`
  return { ...world, list: listOf(world, world.reseller, northwind.id) }
}

test.each(['name', '-name', 'opened', '-opened', 'activity', '-activity'] as const)(
  'pages by %s show every customer once, forwards and backwards alike',
  async (sort) => {
    const { list } = await sixty()
    const forwards: string[] = []
    let page = await list({ sort })
    expect(page).toMatchObject({ total: 61, first: 1, previous: null, last: 'end' })
    for (;;) {
      forwards.push(...page.customers.map(({ id }) => id))
      if (page.next === null) break
      page = await list({ sort, after: page.next })
    }
    expect(forwards).toHaveLength(61)
    expect(new Set(forwards).size).toBe(61)
    const end = await list({ sort, before: 'end' })
    expect(end.customers.map(({ id }) => id)).toEqual(forwards.slice(36))
    expect(end).toMatchObject({ first: 37, next: null })
    const before = await list({ sort, before: end.previous })
    expect(before.customers.map(({ id }) => id)).toEqual(forwards.slice(11, 36))
  },
)

test('without activity stands last whichever way the list runs', async () => {
  const { list } = await sixty()
  for (const sort of ['activity', '-activity'] as const) {
    expect((await list({ sort })).customers[0]?.lastActivityAt).toBeInstanceOf(Date)
    expect((await list({ sort, before: 'end' })).customers.at(-1)?.lastActivityAt).toBeNull()
  }
})

test('search finds by name in any case and by slug, takes wildcards as letters, and counts what it finds', async () => {
  const { list } = await sixty()
  expect((await list({ q: 'CUSTOMER 3 OF 10' })).customers.map(({ slug }) => slug)).toEqual(['c10'])
  expect((await list({ q: 'c42' })).counts.all).toBe(1)
  expect((await list({ q: '%' })).total).toBe(0)
  expect((await list({ q: 'nothing' })).summary.open).toBe(61)
})

test('a cursor from nowhere leads to the first page', async () => {
  const { list } = await sixty()
  const first = (await list()).customers.map(({ id }) => id)
  for (const after of ['nonsense', Buffer.from('[null,"x"]').toString('base64url')])
    expect((await list({ after })).customers.map(({ id }) => id)).toEqual(first)
})

test('each customer tells its effective tier, tokens in use, status and what may be done with it', async () => {
  const world = await tree()
  const { root, reseller, owner, open, northwind, alder, idOf, tier, platform } = world
  await createToken(owner, { organizationId: alder.id, name: 'Second' })
  await open('westbay', { kind: 'reseller', name: 'Westbay', tierId: await tier('Advanced') })
  await open('hazel', { parentId: await idOf('westbay'), name: 'Hazel', tierId: await tier('Advanced') })
  await open('gone', { name: 'Gone' })
  await closeCustomer(reseller, { organizationId: await idOf('gone'), name: 'Gone' })
  await editCustomer(reseller, { organizationId: await idOf('westbay'), tierId: await tier('Lite') })
  await suspendCustomer(reseller, { organizationId: await idOf('westbay') })

  const direct = await listOf(world, reseller, northwind.id)()
  expect(
    direct.customers.map(({ name, used, limit, status, below, actions }) => [
      name,
      used,
      limit,
      status,
      below,
      actions,
    ]),
  ).toEqual([
    ['Alder', 2, 5, 'open', 0, ['edit', 'suspend', 'close']],
    ['Gone', 0, 1, 'closed', 0, []],
    ['Westbay', 1, 1, 'suspended', 1, ['edit', 'resume', 'close']],
  ])
  expect(direct.counts).toEqual({ all: 3, limit: 1, suspended: 1, closed: 1 })
  const all = await listOf(world, root, platform.id)({ below: 'all' })
  expect(all.customers.find(({ slug }) => slug === 'hazel')).toMatchObject({
    tier: { name: 'Advanced', effectiveRank: 1, limitedTo: { tier: 'Lite', by: 'Westbay' } },
    parent: { name: 'Westbay', rank: 1 },
    status: 'suspended',
    suspendedBy: 'Westbay',
    direct: false,
    actions: ['edit', 'suspend', 'close'],
  })
  expect(all.summary).toMatchObject({ open: 5, resellers: true, suspended: { count: 2, first: ['Hazel', 'Westbay'] } })
  for (const show of ['limit', 'suspended', 'closed'] as const) {
    const page = await listOf(world, root, platform.id)({ below: 'all', show })
    expect(page.customers).toHaveLength(all.counts[show])
  }
})

test('only admins of a platform or reseller, and those above, see what stands below', async () => {
  const world = await tree()
  const { root, reseller, owner, member, stranger, northwind, alder, platform } = world
  expect((await listOf(world, root, northwind.id)()).total).toBe(1)
  expect((await listOf(world, reseller, northwind.id)()).total).toBe(1)
  for (const [ctx, id] of [
    [member, northwind.id],
    [owner, northwind.id],
    [stranger, northwind.id],
    [reseller, platform.id],
    [owner, alder.id],
    [root, alder.id],
  ] as const)
    await expect(listOf(world, ctx, id)()).rejects.toMatchObject(refusing('not_found'))
})

test('a limit that counts for the filter is the one that holds for the tokens, whatever stands above', async () => {
  const world = await tree()
  const { root, sql, platform, latest, idOf } = world
  await sql`insert into tiers (name, rank, token_limit) values ('R1', 1, 3), ('R2', 2, 2), ('R3', 3, 9)`
  const tiers = (await sql`select id from tiers order by name`).map((row) => String(row['id']))
  let round = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 4 }), { minLength: 2, maxLength: 4 }),
      fc.option(fc.nat({ max: 2 })),
      async (chain, override) => {
        const slugs = chain.map((_, depth) => `p${round}-${depth}`)
        round++
        let parent = platform.id
        for (const [depth, pick] of chain.entries()) {
          const kind = depth === chain.length - 1 ? 'customer' : 'reseller'
          const slug = slugs[depth] ?? ''
          await sql`insert into organizations (kind, parent_id, slug, name, tier_id, token_limit_override)
          values (${kind}, ${parent}, ${slug}, ${slug}, ${tiers[pick] ?? ''}, ${kind === 'customer' ? override : null})`
          parent = await idOf(slug)
        }
        const { tokenLimit } = await latest(parent)
        const used = Math.max(0, (tokenLimit ?? 0) - 1)
        await sql`insert into tokens (id, kind, organization_id, name, name_key, scopes, created_at, updated_at)
        select left(md5(${slugs[0] ?? ''} || n), 16), 'organization', ${parent}, n::text, n::text, '{}', now(), now()
        from generate_series(1, ${used}) n`
        const found = async () =>
          (await listOf(world, root, platform.id)({ below: 'all', show: 'limit', q: slugs.at(-1) ?? '' })).total
        expect(await found()).toBe(tokenLimit === 0 ? 1 : 0)
        if (tokenLimit === 0) return
        await sql`insert into tokens (id, kind, organization_id, name, name_key, scopes, created_at, updated_at)
        values (left(md5(${slugs[0] ?? ''} || 'last'), 16), 'organization', ${parent}, 'last', 'last', '{}', now(), now())`
        expect(await found()).toBe(1)
      },
    ),
    { numRuns: 15 },
  )
}, 30_000)

test('the list asks the same number of questions for one customer and for sixty', async () => {
  const asked = async ({ url, latest, northwind, reseller }: Tree, search: string) => {
    const organization = await latest(northwind.id)
    return countQueries(url, (db) => listCustomers({ ...reseller, db }, organization, loadCustomerSearch(search)))
  }
  const [one, many] = [await tree(), await sixty()]
  for (const search of ['', '?below=all', '?sort=-activity', '?show=limit&below=all']) {
    const questions = await asked(many, search)
    expect(questions).toBeGreaterThan(3)
    expect(questions).toBeLessThan(10)
    if (!search.includes('limit')) expect(questions, search).toBe(await asked(one, search))
  }
})

test('another tier tells beforehand who has too many tokens then, and which scopes stop for which tokens', async () => {
  const world = await tree()
  const { root, owner, alder, sql, tier } = world
  await createToken(owner, { organizationId: alder.id, name: 'Second' })
  await sql`insert into scopes (name, description, tier_id, created_at)
    values ('measurements:write', '', ${await tier('Advanced')}, now()), ('free:write', '', null, now())`
  await sql`update tokens set scopes = '{measurements:write,free:write}' where name = 'Second'`
  const { tier: hits } = await findCustomerHits(root, 'northwind', await tier('Lite'))
  expect(hits).toEqual({
    over: 1,
    overFirst: [{ slug: 'alder', name: 'Alder', used: 2, limit: 1 }],
    changed: 2,
    scopes: [{ name: 'measurements:write', tokens: 1, first: [{ name: 'Second', organization: 'Alder' }] }],
  })
  expect((await findCustomerHits(root, 'northwind', await tier('Advanced'))).tier).toEqual({
    over: 0,
    overFirst: [],
    changed: 0,
    scopes: [],
  })
})

test('what a change would hit is told to admins above alone', async () => {
  const { owner, stranger, member, reseller } = await tree()
  await findCustomerHits(reseller, 'alder', null)
  await expect(findCustomerHits(owner, 'alder', null)).rejects.toMatchObject(refusing('forbidden'))
  for (const ctx of [stranger, member])
    await expect(findCustomerHits(ctx, 'alder', null)).rejects.toMatchObject(refusing('not_found'))
  await expect(findCustomerHits(reseller, 'no-such', null)).rejects.toMatchObject(refusing('not_found'))
})

test('the Edit dialog of an address opens only what stands below there', async () => {
  const { reseller, root, northwind, platform, latest } = await tree()
  expect((await findCustomer(reseller, await latest(northwind.id), 'alder'))?.name).toBe('Alder')
  expect((await findCustomer(root, await latest(platform.id), 'alder'))?.direct).toBe(false)
  for (const slug of ['northwind', 'southgate', 'no-such', 'platform', 'X'])
    expect(await findCustomer(reseller, await latest(northwind.id), slug)).toBeNull()
})

test('the CSV holds every customer that is found, in the order shown', async () => {
  const { reseller, latest, northwind } = await sixty()
  let text = ''
  for await (const part of exportCustomers(
    reseller,
    await latest(northwind.id),
    loadCustomerSearch('?sort=-name&q=of'),
  ))
    text += part
  const lines = text.trim().split('\r\n')
  expect(lines).toHaveLength(61)
  expect(lines[1]).toMatch(/^Customer 6 of 6,c6,customer,Northwind,Lite,Lite,1,1,/)
})

test('the switcher finds own organizations first, then what is below, closed ones never', async () => {
  const { root, reseller, owner, stranger, member, join, open, idOf, southgate } = await tree()
  const slugs = async (ctx: typeof root, text = '') => (await findOrganizations(ctx, text)).map(({ slug }) => slug)
  expect(await slugs(root)).toEqual(['platform', 'northwind', 'southgate', 'alder'])
  expect(await slugs(reseller)).toEqual(['northwind', 'alder'])
  expect(await slugs(owner)).toEqual(['alder'])
  expect(await slugs(member)).toEqual(['northwind'])
  expect(await slugs(stranger, 'alder')).toEqual([])
  expect(await slugs(await join(reseller, southgate, 'viewer'))).toEqual(['northwind', 'southgate', 'alder'])
  for (let n = 0; n < 25; n++) await open(`x${n}`, { name: `Old alder ${n}` })
  expect(await slugs(reseller)).toHaveLength(20)
  expect((await slugs(reseller, 'ALD'))[0]).toBe('alder')
  await closeCustomer(reseller, { organizationId: await idOf('x3'), name: 'Old alder 3' })
  expect(await slugs(reseller, 'alder 3')).toEqual([])
  expect(await slugs(owner, '%')).toEqual([])
})
