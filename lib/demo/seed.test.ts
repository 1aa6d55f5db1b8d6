import { expect, test } from 'vitest'
import { testDatabase } from '#db/testing/test-database'
import { seedDemo } from '#lib/demo/seed'

test('the sample data count as the contract says, devices narrow one API user, and a second start adds nothing', async () => {
  const { sql, url } = await testDatabase()
  for (let twice = 0; twice < 2; twice++) await seedDemo({ url, password: 'a password for tests', sealKeys: [] })
  const inUse = await sql`select o.name, count(t.id)::int as used from organizations o
    left join tokens t on t.organization_id = o.id and t.revoked_at is null and t.deleted_at is null
      and (t.expires_at is null or t.expires_at > now()) group by o.name order by o.name`
  expect(Object.fromEntries(inUse.map(({ name, used }) => [name, used]))).toEqual({
    ...{ Alder: 2, Birch: 1, Cedar: 1, Northwind: 1, Southgate: 1, 'Tokenry Demo': 1 },
  })
  const devices = await sql`select d.id from devices d join organizations o on o.id = d.organization_id
    where o.name = 'Alder' order by d.id`
  expect(devices).toHaveLength(5)
  const apiUsers = await sql`select s.name, s.devices from service_accounts s join organizations o
    on o.id = s.organization_id where o.name = 'Alder'`
  expect(apiUsers).toEqual([{ name: 'Weather import', devices: ['weather-station'] }])
})
