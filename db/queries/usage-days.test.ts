import { expect, test } from 'vitest'
import { addUses, type CountedHour } from '#db/queries/usage-add'
import { makeDays } from '#db/queries/usage-days'
import { testDatabase } from '#db/testing/test-database'

test('the days of organizations are the sums of their hours, whoever writes in whichever order', async () => {
  const { sql } = await testDatabase()
  const organizations = [1, 2, 3, 4].map((n) => `00000000-0000-4000-8000-00000000000${n}`)
  const hours = (round: number): CountedHour[] =>
    organizations.flatMap((organizationId, place) =>
      [0, 23, 24, 47].map((hour) => ({
        ...{ organizationId: place === 3 ? null : organizationId, tokenId: `${round}`, hour: 490_000 + hour },
        ...{ outcome: hour === 23 ? ('expired' as const) : ('active' as const), count: round + place + 1 },
      })),
    )
  const nothing = { endpoints: [], resources: [], addresses: [], userAgents: [] }
  await Promise.all(
    Array.from({ length: 12 }, (_, round) => {
      const mine = round % 2 === 0 ? hours(round) : hours(round).toReversed()
      return sql.begin((tx) => addUses(tx, { ...nothing, hours: mine }))
    }),
  )
  const days = () => sql`select organization_id, day, outcome, count::int, hours from usage_days order by 1, 2, 3`
  const added = [...(await days())]
  expect(added.length).toBeGreaterThan(6)
  await makeDays(sql)
  expect([...(await days())]).toEqual(added)
  expect(added.map(({ count, hours }) => [count, hours.length])).toEqual(
    added.map(({ hours }) => [hours.reduce((sum: number, each: number) => sum + each, 0), 24]),
  )
  expect(await sql`select sum(count)::int from usage_days`).toEqual(
    await sql`select sum(count)::int from usage_hours where organization_id is not null`,
  )
})
