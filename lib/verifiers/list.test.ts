import { expect, test } from 'vitest'
import { testWorld } from '#lib/testing/world'
import { refused } from '#lib/tokens/testing/desk'
import { listVerifiers, verifiersVersion } from '#lib/verifiers/list'

test('admins of the platform see the verifiers of the last day, and since when one is silent', async () => {
  const { platform, northwind, person, sql } = await testWorld()
  const root = await person(platform, 'admin')
  const ago = (interval: string) => sql`clock_timestamp() - ${interval}::interval`
  await sql`insert into verifiers (id, name, started_at, last_seen_at, entries, hits, misses, lag_ms) values
    (gen_random_uuid(), 'verifier-1', ${ago('1 hour')}, ${ago('5 s')}, 120, 1999, 1, 0.4),
    (gen_random_uuid(), 'gateway', ${ago('1 hour')}, ${ago('7 s')}, 0, 0, 0, null),
    (gen_random_uuid(), 'gone', ${ago('3 days')}, ${ago('25 hours')}, 0, 0, 0, null)`
  const listed = await listVerifiers(root)
  expect(listed).toMatchObject([
    { name: 'gateway', silentSince: expect.any(Date), entries: 0, hitPercent: null, lagMs: null },
    { name: 'verifier-1', silentSince: null, entries: 120, hitPercent: 99.9, lagMs: 1 },
  ])
  const version = await verifiersVersion(root)
  await sql`update verifiers set last_seen_at = clock_timestamp() where name = 'verifier-1'`
  expect(await verifiersVersion(root)).toBe(version)
  await sql`update verifiers set last_seen_at = clock_timestamp() - interval '8 s' where name = 'verifier-1'`
  expect(await verifiersVersion(root)).not.toBe(version)
  await expect(listVerifiers(await person(platform, 'member'))).rejects.toEqual(refused('forbidden'))
  await expect(listVerifiers(await person(northwind, 'admin'))).rejects.toEqual(refused('not_found'))
})
