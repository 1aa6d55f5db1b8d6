import { expect, test, vi } from 'vitest'
import { openDatabase } from '#db/client'
import { deleteUsageBefore } from '#db/queries/usage-retention'
import { testDatabase } from '#db/testing/test-database'
import { createLog } from '#lib/log'
import { keepHouse } from '#lib/server/housekeeping'
import { newRevealKey, testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { revealToken } from '#lib/tokens/reveal'

const LOG = createLog('silent')

test('what a secret was derived from is wiped once its time is over, also across a restart', async () => {
  const { alder, person, sql, url } = await testWorld()
  const admin = await person(alder, 'admin')
  const { id: tokenId } = await createToken(admin, { organizationId: alder.id, name: 'Left open' })
  await revealToken(admin, { tokenId, key: newRevealKey() })
  const salts = async () =>
    (await sql`select reveal_salt from token_secrets where token_id = ${tokenId}`)[0]?.['reveal_salt']

  await sql`update token_secrets set reveal_until = now() + interval '1 minute'`
  await keepHouse(url, LOG)()
  expect(await salts()).not.toBeNull()
  await sql`update token_secrets set reveal_until = now() - interval '1 second'`
  const end = keepHouse(url, LOG)
  await vi.waitFor(async () => expect(await salts()).toBeNull())
  await end()
})

test('revocations are forgotten after an hour with what was acknowledged, silent verifiers after a day', async () => {
  const { sql, url } = await testWorld()
  for (const ago of ['59 minutes', '61 minutes'])
    await sql`with old as (
        insert into revocations (token_id, at) values (${ago}, now() - ${ago}::interval) returning id)
      insert into revocation_acknowledgements select id, gen_random_uuid(), ${ago}, now() from old`
  for (const ago of ['23 hours', '25 hours'])
    await sql`insert into verifiers (id, name, last_seen_at) values (gen_random_uuid(), ${ago}, now() - ${ago}::interval)`
  const end = keepHouse(url, LOG)
  const left = async () => [
    ...(await sql`select token_id as what from revocations`),
    ...(await sql`select verifier_name as what from revocation_acknowledgements`),
    ...(await sql`select name as what from verifiers`),
  ]
  await vi.waitFor(async () =>
    expect((await left()).map((row) => row['what'])).toEqual(['59 minutes', '59 minutes', '23 hours']),
  )
  await end()
})

test('usage of more than 400 days ago is forgotten, a few rows at a time, and no other', async () => {
  const { sql, url } = await testDatabase()
  await sql`insert into usage_hours select null, 't', now() - make_interval(days => 401, secs => n), 'active', 1
    from generate_series(1, 5001) n`
  await sql`insert into usage_hours values (null, 't', now() - interval '399 days', 'active', 1)`
  await sql`insert into usage_days select gen_random_uuid(), current_date - n, 'active', 1, array_fill(1, array[24])
    from unnest(array[399, 407]) n`
  for (const table of ['usage_endpoints', 'usage_resources', 'usage_addresses', 'usage_user_agents'])
    await sql`insert into ${sql(table)} (token_id, hour, value, active, refused) values
      ('t', now() - interval '401 days', 'v', 1, 0), ('t', now() - interval '399 days', 'v', 1, 0)`
  const left = async () => {
    const [row] = await sql`select (select count(*)::int from usage_hours) as hours,
      (select count(*)::int from usage_days) as days,
      (select count(*)::int from usage_endpoints) as endpoints, (select count(*)::int from usage_resources) as resources,
      (select count(*)::int from usage_addresses) as addresses, (select count(*)::int from usage_user_agents) as agents`
    return row
  }
  const stopped = openDatabase(url, { connections: 1 })
  let times = 0
  await deleteUsageBefore(stopped, new Date(Date.now() - 400 * 86_400_000), () => times++ === 0)
  await stopped.close()
  expect(await left()).toEqual({ hours: 2, days: 2, endpoints: 2, resources: 2, addresses: 2, agents: 2 })
  const end = keepHouse(url, LOG)
  await vi.waitFor(async () => {
    expect(await left()).toEqual({ hours: 1, days: 1, endpoints: 1, resources: 1, addresses: 1, agents: 1 })
  })
  await end()
})

test('what was answered under a key is forgotten after a day', async () => {
  const { sql, url } = await testDatabase()
  for (const ago of ['23 hours', '25 hours'])
    await sql`insert into idempotency_keys (token_id, route, key_digest, request_digest, status, answer, created_at)
      values (${ago}, 'POST /api/v1/tokens', sha256('k'), sha256('r'), 201, '{}', now() - ${ago}::interval)`
  const end = keepHouse(url, LOG)
  const left = async () => (await sql`select token_id from idempotency_keys`).map((row) => row['token_id'])
  await vi.waitFor(async () => expect(await left()).toEqual(['23 hours']))
  await end()
})
