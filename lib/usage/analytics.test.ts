import { expect, test } from 'vitest'
import { parseCsv } from '#lib/testing/parse-csv'
import { NOW } from '#lib/testing/world'
import { readAnalytics } from '#lib/usage/analytics'
import { listCustomerUsage } from '#lib/usage/below'
import { exportAnalytics } from '#lib/usage/export'
import { loadAnalyticsSearch, shownPeriod } from '#lib/usage/search'
import { DAY, filledWorld, HOUR, usedWorld } from '#lib/usage/testing'

const shownOf = (query: string, timeZone = 'UTC') => shownPeriod(loadAnalyticsSearch(query), NOW, timeZone)

test('the bars of any period and time zone add up to its totals, and there is one for every hour or day', async () => {
  const { admin, alder } = await filledWorld()
  for (const [query, count] of [
    ['?period=24h', 24],
    ['?period=7d', 157],
    ['', 30],
    ['?period=90d', 90],
    ['?first=2026-11-01&last=2026-11-02', 48],
    ['?first=2026-10-01&last=2026-11-30', 53],
  ] as const)
    for (const timeZone of ['UTC', 'Europe/Berlin', 'Asia/Kolkata']) {
      const { shown } = shownOf(query, timeZone)
      const { buckets, totals } = await readAnalytics(admin, alder, shown)
      expect(totals.requests, query).toBeGreaterThan(10)
      expect(buckets.reduce((sum, { active, refused }) => sum + active + refused, 0)).toBe(totals.requests)
      if (timeZone === 'UTC') expect(buckets, query).toHaveLength(count)
    }
})

test('each hour counts to the weekday and hour in which it begins where the reader is, also when clocks turn', async () => {
  const { admin, alder, add, hour, tokens } = await usedWorld()
  const hours = Array.from({ length: 40 * 24 }, (_, n) => new Date(Date.parse('2026-10-12T00:00:00Z') + n * HOUR))
  await add({ hours: hours.map((at, n) => hour(tokens.one, at, 1 + (n % 11), n % 7 ? 'active' : 'expired')) })
  const query = '?first=2026-10-13&last=2026-11-15'
  for (const timeZone of ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe']) {
    const { shown } = shownOf(query, timeZone)
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', hour: '2-digit', hourCycle: 'h23' })
    const expected = new Map<string, number>()
    for (const [n, at] of hours.entries()) {
      const key = clock.format(at).replace(',', '')
      if (at >= shown.from && at < shown.to) expected.set(key, (expected.get(key) ?? 0) + 1 + (n % 11))
    }
    const { week, totals } = await readAnalytics(admin, alder, shown)
    const names = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
    const told = week?.map(({ weekday, hour: at, active, refused }) => [
      `${names[weekday - 1]} ${String(at).padStart(2, '0')}`,
      active + refused,
    ])
    expect(told, timeZone).toHaveLength(168)
    expect(Object.fromEntries(told ?? []), timeZone).toEqual(Object.fromEntries(expected))
    expect(week?.reduce((sum, each) => sum + each.refused, 0)).toBe(totals.refused)
  }
  for (const [other, there] of [
    ['?period=24h', false],
    ['?period=7d', true],
    ['?first=2026-11-10&last=2026-11-15', false],
  ] as const)
    expect((await readAnalytics(admin, alder, shownOf(other).shown)).week !== null, other).toBe(there)
})

test('days chosen are whole where the reader is, and what cannot be shown says why', () => {
  const { shown, refused } = shownOf('?first=2026-10-25&last=2026-10-25', 'Europe/Berlin')
  expect(refused).toBeNull()
  expect(shown).toMatchObject({
    ...{ from: new Date('2026-10-24T22:00:00Z'), to: new Date('2026-10-25T23:00:00Z'), name: null, interval: 'hour' },
  })
  expect(shownOf('?period=30d', 'Asia/Kolkata').shown.from).toEqual(new Date('2026-10-23T18:30:00Z'))
  expect(shownOf('?period=24h').shown).toMatchObject({ to: new Date('2026-11-22T13:00:00Z'), name: '24h' })
  for (const query of [
    '?first=2026-11-03&last=2026-11-01',
    '?first=2025-01-01&last=2026-11-01',
    '?first=2026-11-23&last=2026-11-30',
  ]) {
    expect(shownOf(query)).toMatchObject({ shown: { name: '30d' }, refused: expect.stringMatching(/period/) })
  }
  for (const query of ['?first=2026-02-30&last=2026-11-01', '?first=2026-11-01', '?period=1y'])
    expect(shownOf(query)).toMatchObject({ shown: { name: '30d' }, refused: null })
})

test('a basic tier is read nothing of what is extended, and an extended one compares with the time before', async () => {
  const { northwind, organization, person, tier, sql, admin, alder, add, hour, tokens } = await usedWorld()
  await add({ hours: [hour(tokens.one, NOW, 5), hour(tokens.one, new Date(NOW.getTime() - 30 * DAY), 2)] })
  const { extended, tokens: inUse, byToken } = await readAnalytics(admin, alder, shownOf('').shown)
  expect(extended?.before).toMatchObject({ requests: 2 })
  expect(inUse).toEqual({ active: 3, used: 1 })
  expect(byToken.top).toEqual([{ group: tokens.one, name: 'One', gone: false, requests: 5, active: 5, refused: 0 }])
  const birch = await organization('Birch', northwind, 'customer', await tier('Lite'))
  // Whoever asked for them would be told that they are not there.
  await sql`drop table usage_endpoints, usage_resources, usage_addresses, usage_user_agents`
  await expect(readAnalytics(await person(birch, 'viewer'), birch, shownOf('').shown)).resolves.toMatchObject({
    extended: null,
  })
  await expect(readAnalytics(await person(birch, 'viewer'), alder, shownOf('').shown)).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('from above each organization below is told with its own sums, sorted and page by page, and no other', async () => {
  const { platform, northwind, alder, organization, add, hour, tokens, reseller, admin, person } = await usedWorld()
  const others = [await organization('Ash', northwind, 'customer'), await organization('Beech', northwind, 'customer')]
  const elsewhere = await organization('Southgate', platform, 'reseller')
  const at = (days: number) => new Date(NOW.getTime() - days * DAY)
  await add({
    hours: [
      hour(tokens.one, NOW, 3),
      hour(tokens.one, at(10), 4, 'expired'),
      hour(tokens.one, at(40), 9),
      hour('x', at(20), 1, 'active', others[0]?.id),
      hour('x', new Date(at(30).getTime() + HOUR), 50, 'active', others[1]?.id),
      hour('x', at(5), 99, 'active', elsewhere.id),
      hour('x', at(5), 99, 'active', northwind.id),
    ],
  })
  const list = async (query: string, ctx = reseller) => {
    const asked = { shown: shownOf(query).shown, search: loadAnalyticsSearch(query) }
    const { rows, total } = await listCustomerUsage(ctx, northwind, asked)
    expect(total).toBe(3)
    return rows.map(({ name, requests, refused, change }) => [name, requests, refused, change])
  }
  const byRequests = [
    ['Alder', 7, 4, -2],
    ['Ash', 1, 0, 1],
    ['Beech', 0, 0, -50],
  ]
  expect(await list('')).toEqual(byRequests)
  expect((await list('?sort=name&period=90d')).map(([name]) => name)).toEqual(['Alder', 'Ash', 'Beech'])
  expect((await list('?sort=change')).map(([name]) => name)).toEqual(['Beech', 'Alder', 'Ash'])
  expect(await list(`?after=${alder.id}`)).toEqual(byRequests.slice(1))
  expect(await list(`?before=${others[1]?.id}`)).toEqual(byRequests.slice(0, 2))
  expect(await list(`?after=${elsewhere.id}`)).toEqual(byRequests)
  expect(await list('', await person(platform, 'admin'))).toEqual(byRequests)
  await expect(list('', await person(northwind, 'viewer'))).rejects.toMatchObject({ code: 'not_found' })
  await expect(list('', admin)).rejects.toMatchObject({ code: 'not_found' })
})

test('from above, a basic tier is told of no time before, and sorts by none', async () => {
  const { platform, organization, person, tier, add, hour } = await usedWorld()
  const basic = await organization('Southgate', platform, 'reseller', await tier('Lite'))
  const [fir, gum] = [await organization('Fir', basic, 'customer'), await organization('Gum', basic, 'customer')]
  const before = new Date(NOW.getTime() - 30 * DAY)
  await add({
    hours: [
      hour('x', NOW, 2, 'active', fir.id),
      hour('x', NOW, 3, 'active', gum.id),
      hour('x', before, 50, 'active', gum.id),
    ],
  })
  const ctx = await person(basic, 'admin')
  for (const query of ['', '?sort=change', '?sort=-change']) {
    const asked = { shown: shownOf(query).shown, search: loadAnalyticsSearch(query) }
    const { rows } = await listCustomerUsage(ctx, basic, asked)
    expect(rows.map(({ name, requests, change }) => [name, requests, change])).toEqual([
      ['Gum', 3, null],
      ['Fir', 2, null],
    ])
    let text = ''
    for await (const lines of await exportAnalytics(ctx, basic, asked)) text += lines
    expect(parseCsv(text).filter(([view]) => view === 'Customers')).toEqual([
      ['Customers', '', 'Gum', '3', '3', '0'],
      ['Customers', '', 'Fir', '2', '2', '0'],
    ])
  }
})

test('the CSV holds a line for each bar and row that is shown', async () => {
  const { admin, alder } = await filledWorld()
  const asked = { shown: shownOf('').shown, search: loadAnalyticsSearch('') }
  let text = ''
  for await (const lines of await exportAnalytics(admin, alder, asked)) text += lines
  const [head, ...rows] = parseCsv(text)
  expect(head).toEqual(['View', 'Start', 'Name', 'Requests', 'Good', 'Refused'])
  const { totals, byToken, extended } = await readAnalytics(admin, alder, asked.shown)
  const bars = rows.filter(([view]) => view === 'Requests by day')
  expect(bars).toHaveLength(30)
  expect(bars.reduce((sum, [, , , requests]) => sum + Number(requests), 0)).toBe(totals.requests)
  const names = (view: string) => rows.filter(([of]) => of === view).map(([, , name]) => name)
  expect(names('By token')).toEqual(byToken.top.map(({ name }) => name))
  expect(names('By endpoint')).toEqual(extended?.endpoint.top.map(({ group }) => group))
  expect(names('Customers')).toEqual([])
})
