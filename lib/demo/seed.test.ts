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

test('sample tokens that were used have the usage that leads to it, from their reveal to their last use', async () => {
  const { sql, url } = await testDatabase()
  await seedDemo({ url, password: 'a password for tests', sealKeys: [] })
  const used = await sql`select t.name, sum(h.count)::int as uses,
      bool_and(h.hour + interval '1 hour' > t.revealed_at and (h.outcome <> 'active' or h.hour <= t.last_used_at)
        and (h.outcome <> 'revoked' or h.hour >= t.revoked_at) and (h.outcome <> 'expired' or h.hour >= t.expires_at)) as fits,
      max(h.hour) filter (where h.outcome = 'active') = date_trunc('hour', t.last_used_at, 'UTC') as "endsThere",
      bool_or(h.outcome <> 'active') as refused,
      (select sum(active + refused)::int from usage_addresses a where a.token_id = t.id) as addresses,
      (select sum(active + refused)::int from usage_endpoints e where e.token_id = t.id) as endpoints,
      (select sum(active + refused)::int from usage_user_agents u where u.token_id = t.id) as agents,
      exists (select from usage_addresses a where a.token_id = t.id and a.value = t.last_used_ip
        and a.hour = date_trunc('hour', t.last_used_at, 'UTC') and a.user_agent = t.last_used_user_agent and a.active > 0) as caller
    from tokens t join usage_hours h on h.token_id = t.id and h.organization_id = t.organization_id
    group by t.id order by t.name`
  expect(used.map(({ name }) => name)).toEqual(['Default', 'Grafana import', 'Metering gateway', 'Nightly backup'])
  for (const { uses, addresses, endpoints, agents, ...rest } of used) {
    expect(rest).toMatchObject({ fits: true, endsThere: true, refused: true, caller: true })
    expect([addresses, endpoints, agents]).toEqual([uses, uses, uses])
  }
})
