import { expect, test } from 'vitest'
import { seedLarge } from '#lib/demo/large'
import { closeCustomer } from '#lib/organizations/close-customer'
import { listCustomers } from '#lib/organizations/list-customers'
import { loadCustomerSearch } from '#lib/organizations/search'
import { testWorld } from '#lib/testing/world'

test('the large sample has 5,000 organizations on 4 levels, 50,000 tokens and 20,000 people, once', async () => {
  const { db, sql, clock, platform, person } = await testWorld()
  const admin = await person(platform, 'admin')
  const began = performance.now()
  for (let twice = 0; twice < 2; twice++) await seedLarge(db, { passwordHash: 'hash', now: clock() })
  expect(performance.now() - began).toBeLessThan(60_000)
  const [counts] = await sql`select
    (select count(*)::int from organizations where slug like 'large-%') as organizations,
    (select array_agg(distinct cardinality(path)) from organizations where slug like 'large-%') as depths,
    (select count(*)::int from tokens t join organizations o on o.id = t.organization_id where o.slug like 'large-%') as tokens,
    (select count(*)::int from users where email like '%.example' and email like '%@large-%') as people`
  expect(counts).toEqual({ organizations: 5000, depths: [2, 3, 4, 5], tokens: 50_000, people: 20_000 })

  const all = await listCustomers(admin, platform, loadCustomerSearch('?below=all&sort=-activity'))
  expect(all.total).toBe(5002)
  expect(all.customers).toHaveLength(25)
  expect(all.customers.every(({ limit, used }) => used <= limit)).toBe(true)

  const [one] = await sql`select id, name from organizations where slug = 'large-1'`
  const { organizations, tokens } = await closeCustomer(admin, { organizationId: one?.['id'], name: one?.['name'] })
  expect(organizations).toBe(500)
  const revoked = await sql`select count(*)::int from audit_events where action = 'token.revoked'`
  expect(revoked[0]?.['count']).toBe(tokens)
}, 90_000)
