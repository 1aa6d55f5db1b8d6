import { expect, test } from 'vitest'
import { listUsageBelow } from '#db/queries/usage-below'
import { sumUsage } from '#db/queries/usage-read'
import { NOW } from '#lib/testing/world'
import { localDay } from '#lib/usage/period'
import type { UsageQuestion, UsageRow } from '#lib/usage/question'
import { listUsage, streamUsage } from '#lib/usage/read'
import { DAY, filledWorld, HOUR, usedWorld } from '#lib/usage/testing'
import { namesOfTokens } from '#lib/usage/tokens'
import { rankUsage, usageTotals } from '#lib/usage/totals'

async function all(streamed: AsyncIterable<readonly UsageRow[]>): Promise<UsageRow[]> {
  const rows: UsageRow[] = []
  for await (const some of streamed) rows.push(...some)
  return rows
}
const told = (rows: readonly UsageRow[]) => rows.map(({ start, requests }) => [start.toISOString(), requests])
const sum = (rows: readonly UsageRow[]) => rows.reduce((total, { requests }) => total + requests, 0)

test('sums agree between hours, days in UTC, days of any time zone, and all of what they are grouped by', async () => {
  const { admin, ask, alder } = await filledWorld()
  const from = new Date('2026-10-25T07:00:00Z')
  const to = new Date('2026-11-20T17:00:00Z')
  const { requests, active, refused } = await usageTotals(admin, alder.id, { from, to })
  expect(requests).toBeGreaterThan(1000)
  expect(active + refused).toBe(requests)
  for (const interval of ['hour', 'day'] as const)
    for (const timeZone of ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/Santiago', 'Pacific/Chatham'])
      for (const groupBy of [null, 'token', 'outcome'] as const) {
        const rows = await all(await streamUsage(admin, ask({ from, to, interval, timeZone, groupBy })))
        expect(sum(rows), `${interval} ${timeZone} ${groupBy}`).toBe(requests)
        expect(rows.reduce((total, row) => total + row.refused, 0)).toBe(refused)
        if (interval === 'day' && groupBy === null)
          expect(new Set(rows.map(({ start }) => localDay(start, timeZone))).size).toBe(rows.length)
      }
})

test('pages of any size add up to the stream, each row once and in order', async () => {
  const { admin, ask } = await filledWorld()
  for (const question of [
    ask({ interval: 'hour', groupBy: 'endpoint' }),
    ask({ groupBy: 'token', timeZone: 'Asia/Kolkata' }),
    ask({ groupBy: 'outcome' }),
    ask({ interval: 'hour' }),
  ]) {
    const streamed = await all(await streamUsage(admin, question))
    expect(streamed.length).toBeGreaterThan(30)
    for (const limit of [7, 1000]) {
      const paged: UsageRow[] = []
      for (let cursor: Awaited<ReturnType<typeof listUsage>>['next'] = null; ; ) {
        const { rows, next } = await listUsage(admin, question, { cursor, limit })
        paged.push(...rows)
        if (next === null) break
        expect(rows).toHaveLength(limit)
        cursor = next
      }
      expect(paged).toEqual(streamed)
    }
    const key = ({ start, group }: UsageRow) => `${start.toISOString()} ${group}`
    expect(streamed.map(key)).toEqual([...new Set(streamed.map(key))].toSorted())
  }
})

test('the day on which Berlin turns its clocks back has 25 hours, and the one on which it turns them on 23', async () => {
  const { admin, add, hour, tokens, ask } = await usedWorld()
  const hours = (from: string, count: number) =>
    Array.from({ length: count }, (_, n) => hour(tokens.one, new Date(Date.parse(from) + n * HOUR)))
  await add({ hours: [...hours('2026-10-24T12:00:00Z', 48), ...hours('2026-03-28T12:00:00Z', 48)] })
  const timeZone = 'Europe/Berlin'
  const autumn = { from: new Date('2026-10-24T22:00:00Z'), to: new Date('2026-10-25T23:00:00Z') }
  expect(told((await listUsage(admin, ask({ ...autumn, timeZone }), { cursor: null, limit: 9 })).rows)).toEqual([
    ['2026-10-24T22:00:00.000Z', 25],
  ])
  const spring = { from: new Date('2026-03-27T23:00:00Z'), to: new Date('2026-03-30T22:00:00Z') }
  expect(told((await listUsage(admin, ask({ ...spring, timeZone }), { cursor: null, limit: 9 })).rows)).toEqual([
    ['2026-03-27T23:00:00.000Z', 11],
    ['2026-03-28T23:00:00.000Z', 23],
    ['2026-03-29T22:00:00.000Z', 14],
  ])
})

test('where a day begins within an hour, that hour counts to the day in which it began', async () => {
  const { admin, add, hour, tokens, ask } = await usedWorld()
  await add({ hours: ['17', '18', '19'].map((at) => hour(tokens.one, `2026-11-20T${at}:00:00Z`)) })
  const { rows } = await listUsage(admin, ask({ timeZone: 'Asia/Kolkata' }), { cursor: null, limit: 9 })
  expect(told(rows)).toEqual([
    ['2026-11-19T18:30:00.000Z', 2],
    ['2026-11-20T18:30:00.000Z', 1],
  ])
})

test('personal tokens and those of organizations above are told together, and never by whose they are; the name of a deleted one stays', async () => {
  const { admin, add, hour, tokens, alder, ask, sql } = await usedWorld()
  await add({ hours: Object.values(tokens).map((id, n) => hour(id, '2026-11-20T10:00:00Z', n + 1)) })
  const { rows } = await listUsage(admin, ask({ groupBy: 'token' }), { cursor: null, limit: 9 })
  expect(Object.fromEntries(rows.map(({ group, requests }) => [group, requests]))).toEqual({
    ...{ [tokens.one]: 1, [tokens.two]: 2, personal: 3, above: 4 },
  })
  const { top, rest } = await rankUsage(admin, { ...ask({}), organizationId: alder.id, groupBy: 'token' }, 2)
  expect(top.map(({ group }) => group)).toEqual(['above', 'personal'])
  expect(rest).toEqual({ groups: 2, requests: 3, refused: 0 })
  await sql`update tokens set revoked_at = ${NOW}, deleted_at = ${NOW} where id = ${tokens.two}`
  const names = await namesOfTokens(admin, alder.id, [...Object.values(tokens), 'personal', 'above'])
  expect(Object.fromEntries(names)).toEqual({
    [tokens.one]: { name: 'One', gone: false },
    [tokens.two]: { name: 'Two', gone: true },
    personal: { name: 'Personal tokens', gone: true },
    above: { name: 'Tokens of organizations above', gone: true },
  })
})

test("another tenant's usage is never told, nor to whoever may not see it", async () => {
  const { admin, reseller, add, hour, tokens, northwind, alder, organization, person, platform, ask } =
    await usedWorld()
  const birch = await organization('Birch', northwind, 'customer')
  await add({ hours: [hour(tokens.one, NOW), hour(tokens.above, NOW, 40, 'active', northwind.id)] })
  const to = new Date(NOW.getTime() + HOUR)
  expect((await usageTotals(reseller, alder.id, ask({ to }))).requests).toBe(1)
  expect((await usageTotals(reseller, birch.id, ask({ to }))).requests).toBe(0)
  const strangers = [await person(birch, 'admin'), await person(northwind, 'viewer')]
  for (const ctx of strangers)
    for (const asked of [
      () => usageTotals(ctx, alder.id, ask({})),
      () => listUsage(ctx, ask({}), { cursor: null, limit: 9 }),
      () => streamUsage(ctx, ask({})),
      () => rankUsage(ctx, { ...ask({}), groupBy: 'token' }, 5),
    ])
      await expect(asked()).rejects.toMatchObject({ code: 'not_found' })
  await expect(usageTotals(admin, northwind.id, ask({}))).rejects.toMatchObject({ code: 'not_found' })
  expect((await usageTotals(await person(platform, 'admin'), alder.id, ask({ to }))).requests).toBe(1)
})

test('a basic tier is told whom to ask for what is extended, the platform has all, and a period has bounds', async () => {
  const { northwind, organization, person, tier, platform, ask } = await usedWorld()
  const birch = await organization('Birch', northwind, 'customer', await tier('Lite'))
  const admin = await person(birch, 'admin')
  const list = (change: Partial<UsageQuestion>) =>
    listUsage(admin, ask({ organizationId: birch.id, ...change }), { cursor: null, limit: 9 })
  for (const groupBy of ['endpoint', 'resource', 'ip', 'userAgent'] as const) {
    const refused = { code: 'tier_required', status: 403, message: expect.stringContaining('Ask Northwind') }
    await expect(list({ groupBy })).rejects.toMatchObject(refused)
    await expect(rankUsage(admin, { ...ask({ organizationId: birch.id }), groupBy }, 5)).rejects.toMatchObject(refused)
    const root = await person(platform, 'admin')
    await expect(
      listUsage(root, ask({ organizationId: platform.id, groupBy }), { cursor: null, limit: 1 }),
    ).resolves.toEqual({
      ...{ rows: [], next: null },
    })
  }
  expect(await list({ groupBy: 'outcome' })).toEqual({ rows: [], next: null })
  const invalid = (field: string) => ({ code: 'invalid', fields: { [field]: expect.any(String) } })
  await expect(list({ from: NOW })).rejects.toMatchObject(invalid('from'))
  await expect(list({ from: new Date(NOW.getTime() - 366 * DAY - 1) })).rejects.toMatchObject(invalid('to'))
  await expect(list({ from: new Date(NOW.getTime() - 366 * DAY) })).resolves.toBeDefined()
  for (const timeZone of ['Nowhere/Else', '+05:30', "UTC'"])
    await expect(list({ timeZone })).rejects.toMatchObject(invalid('timeZone'))
})

test('sums, and what came of those below, count each hour that begins within the period and no other', async () => {
  const { db, add, hour, tokens, alder, northwind } = await usedWorld()
  await add({ hours: ['19T23', '20T05', '21T00', '21T01'].map((at) => hour(tokens.one, `2026-11-${at}:00:00Z`)) })
  const between = async (begin: string, end: string) => {
    const [from, to] = [new Date(begin), new Date(end)]
    const [sum] = await sumUsage(db, { organizationId: alder.id, from, to })
    const order = { by: 'name', descending: false } as const
    const before = { from: new Date(0), to: from }
    const query = { organizationId: northwind.id, now: { from, to }, before, order }
    const below = await listUsageBelow(db, query, { from: 'start' }, 9)
    expect(below[0]).toMatchObject({ name: 'Alder', requests: sum?.count ?? 0 })
    return sum?.count ?? 0
  }
  expect(await between('2026-11-19T23:00:00Z', '2026-11-21T01:00:00Z')).toBe(3)
  expect(await between('2026-11-20', '2026-11-21')).toBe(1)
  expect(await between('2026-11-20T05:00:00Z', '2026-11-20T06:00:00Z')).toBe(1)
  expect(await between('2026-11-20T05:00:00.001Z', '2026-11-21T00:00:00Z')).toBe(0)
  expect(await between('2026-11-20T01:00:00Z', '2026-11-21T00:30:00Z')).toBe(2)
  expect(await between('2026-11-01', '2026-12-01')).toBe(4)
})
