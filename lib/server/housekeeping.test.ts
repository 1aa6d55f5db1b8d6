import { expect, test, vi } from 'vitest'
import { keepHouse } from '#lib/server/housekeeping'
import { newRevealKey, testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { revealToken } from '#lib/tokens/reveal'

test('what a secret was derived from is wiped once its time is over, also across a restart', async () => {
  const { alder, person, sql, url } = await testWorld()
  const admin = await person(alder, 'admin')
  const { id: tokenId } = await createToken(admin, { organizationId: alder.id, name: 'Left open' })
  await revealToken(admin, { tokenId, key: newRevealKey() })
  const salts = async () =>
    (await sql`select reveal_salt from token_secrets where token_id = ${tokenId}`)[0]?.['reveal_salt']

  await sql`update token_secrets set reveal_until = now() + interval '1 minute'`
  await keepHouse(url)()
  expect(await salts()).not.toBeNull()
  await sql`update token_secrets set reveal_until = now() - interval '1 second'`
  const end = keepHouse(url)
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
  const end = keepHouse(url)
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
