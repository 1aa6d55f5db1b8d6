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
  await sql`update token_secrets set reveal_until = now()`
  const end = keepHouse(url)
  await vi.waitFor(async () => expect(await salts()).toBeNull())
  await end()
})
