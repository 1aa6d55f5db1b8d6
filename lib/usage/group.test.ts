import { expect, test } from 'vitest'
import { addUses } from '#db/queries/usage-add'
import { NOW } from '#lib/testing/world'
import { readAnalytics } from '#lib/usage/analytics'
import { listCustomerUsage } from '#lib/usage/below'
import { groupDays } from '#lib/usage/group'
import { loadAnalyticsSearch, shownPeriod } from '#lib/usage/search'
import { DAY, filledWorld } from '#lib/usage/testing'

async function groupedWorld() {
  const world = await filledWorld()
  const { admin, reseller, alder, northwind, db, sql } = world
  const show = async (query: string, timeZone: string) => {
    const search = loadAnalyticsSearch(query)
    const { shown } = shownPeriod(search, NOW, timeZone)
    const { byToken, extended, totals } = await readAnalytics(admin, alder, shown)
    const { rows } = await listCustomerUsage(reseller, northwind, { shown, search })
    expect(rows[0]).toMatchObject({ requests: totals.requests, refused: totals.refused })
    expect(byToken.top.reduce((sum, { requests }) => sum + requests, 0)).toBe(totals.requests)
    return { byToken, endpoint: extended?.endpoint, below: rows }
  }
  const showAll = async () => {
    const all = []
    for (const query of ['?period=7d', '', '?period=90d', '?first=2026-10-12&last=2026-11-15'])
      for (const timeZone of ['UTC', 'Asia/Kolkata', 'America/Santiago']) all.push(await show(query, timeZone))
    return all
  }
  const group = () => groupDays(db, NOW, { goOn: () => true, failed: (_, error) => expect.fail(String(error)) })
  const ungrouped = async () =>
    (await sql`select distinct day::text from usage_days where not grouped order by 1`).map((row) => row['day'])
  return { ...world, show, showAll, group, ungrouped }
}

const late = new Date(NOW.getTime() - 10 * DAY)

test('whatever of it is grouped, what is shown of any period and time zone is the same, also once more came late', async () => {
  const { showAll, group, ungrouped, add, hour, tokens } = await groupedWorld()
  const shown = await showAll()
  await group()
  expect(await ungrouped()).toEqual(['2026-11-22'])
  expect(await showAll()).toEqual(shown)
  await add({
    hours: [hour(tokens.two, late, 50), hour(tokens.own, late, 5, 'revoked')],
    endpoints: [{ ...hour(tokens.two, late), value: '/late', active: 50, refused: 0, userAgent: null }],
  })
  const withLate = await showAll()
  expect(withLate).not.toEqual(shown)
  expect(await ungrouped()).toEqual(['2026-11-12', '2026-11-22'])
  await group()
  expect(await ungrouped()).toEqual(['2026-11-22'])
  expect(await showAll()).toEqual(withLate)
})

test('of whole days and weeks nothing but what is grouped is read', async () => {
  const { show, group, sql, reseller, northwind } = await groupedWorld()
  const { byToken, endpoint, below } = await show('', 'Asia/Kolkata')
  await group()
  for (const table of ['usage_hours', 'usage_endpoints'])
    await sql`delete from ${sql(table)} where hour >= '2026-10-25' and hour < '2026-11-22'`
  expect(await show('', 'Asia/Kolkata')).toEqual({ byToken, endpoint, below })
  await sql.begin(async (tx) => {
    // So that no trigger has them grouped anew.
    await tx`set local session_replication_role = replica`
    await tx`update usage_days set count = 1, hours = array_fill(0, array[24]) where day >= '2026-10-26' and day < '2026-11-16'`
  })
  const search = loadAnalyticsSearch('')
  const asked = { shown: shownPeriod(search, NOW, 'Asia/Kolkata').shown, search }
  expect((await listCustomerUsage(reseller, northwind, asked)).rows).toEqual(below)
})

test('what is being counted for a day while it is grouped waits for nothing, is in what is shown, and the day is grouped the next time', async () => {
  const { sql, group, ungrouped, hour, tokens, show } = await groupedWorld()
  const { byToken } = await show('', 'UTC')
  const none = { endpoints: [], resources: [], addresses: [], userAgents: [] }
  await sql.begin(async (tx) => {
    await addUses(tx, { hours: [hour(tokens.two, late, 1000)], ...none })
    await group()
  })
  expect(await ungrouped()).toEqual(['2026-11-12', '2026-11-22'])
  const two = (ranking: typeof byToken) => ranking.top.find(({ group }) => group === tokens.two)?.requests
  expect(two((await show('', 'UTC')).byToken)).toBe(Number(two(byToken)) + 1000)
  await group()
  expect(await ungrouped()).toEqual(['2026-11-22'])
  expect(two((await show('', 'UTC')).byToken)).toBe(Number(two(byToken)) + 1000)
})

test('whoever adds to a day has it grouped anew, whatever they know of groups; and a day that fails keeps no other from it', async () => {
  const { sql, db, group, ungrouped } = await groupedWorld()
  await group()
  await sql`update usage_days set hours = hours where day in ('2026-11-10', '2026-11-12')`
  expect(await ungrouped()).toEqual(['2026-11-22'])
  await sql`update usage_days set count = count + 1 where day in ('2026-11-10', '2026-11-12')`
  expect(await ungrouped()).toEqual(['2026-11-10', '2026-11-12', '2026-11-22'])
  await sql`alter table usage_groups add constraint broken check (day <> '2026-11-12') not valid`
  const failed: string[] = []
  await groupDays(db, NOW, { goOn: () => true, failed: (day) => failed.push(day) })
  expect(failed).toEqual(['2026-11-12'])
  expect(await ungrouped()).toEqual(['2026-11-12', '2026-11-22'])
})
