import { expect, test } from 'vitest'
import { openVerificationDatabase } from '#db/verification-client'
import { testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { listCallers } from '#lib/usage/callers'
import { getTokenUsage } from '#lib/usage/of-token'
import { openUsageRecorder, type Use } from '#lib/verification/usage-recorder'

const DAY = 86_400_000
const NOTHING = { endpoint: null, resource: null, ip: null, userAgent: null, opened: null }

async function usedWorld() {
  const world = await testWorld()
  const { alder, northwind, platform, person, clock, url } = world
  const admin = await person(alder, 'admin')
  const { id: tokenId } = await createToken(admin, { organizationId: alder.id, name: 'Used' })
  const use = async (uses: readonly Partial<Use>[]) => {
    const database = openVerificationDatabase(url, { connections: 1 })
    const recorder = openUsageRecorder(database)
    const usual = { ...NOTHING, tokenId, organizationId: alder.id, outcome: 'active' as const, at: clock().getTime() }
    for (const each of uses) recorder.record({ ...usual, ...each })
    await recorder.close()
    await database.close()
  }
  return { ...world, admin, tokenId, use, alder, northwind, platform }
}

test('callers of the last 7 days come with their last user agent, those who came most first, and five at most', async () => {
  const { admin, tokenId, use, clock } = await usedWorld()
  const now = clock().getTime()
  const hour = 3_600_000
  await use([
    ...[1, 2, 3, 4, 5, 6, 7].map((n) => ({ ip: `192.0.2.${n}`, userAgent: `curl/${n}` })),
    { ip: '192.0.2.7', userAgent: 'wget/1', at: now - 2 * hour },
    { ip: '192.0.2.7', outcome: 'expired', at: now - 3 * hour },
    { ip: '192.0.2.3', userAgent: 'curl/3', outcome: 'expired' },
    { ip: '192.0.2.99', userAgent: 'of old', at: now - 8 * DAY },
  ])
  const { callers, more, total } = await listCallers(admin, [tokenId])
  expect({ more, total }).toEqual({ more: 2, total: 10 })
  expect(callers.map(({ address, userAgent, count, refused }) => [address, userAgent, count, refused])).toEqual([
    ['192.0.2.7', 'curl/7', 3, 1],
    ['192.0.2.3', 'curl/3', 2, 1],
    ['192.0.2.1', 'curl/1', 1, 0],
    ['192.0.2.2', 'curl/2', 1, 0],
    ['192.0.2.4', 'curl/4', 1, 0],
  ])
  expect(callers[0]?.lastHour).toEqual(new Date(Math.floor(now / hour) * hour))
})

test('usage of 30 days adds up by day and by reason', async () => {
  const { admin, tokenId, use, clock } = await usedWorld()
  const now = clock().getTime()
  await use([
    {},
    {},
    { outcome: 'expired' },
    { at: now - 3 * DAY },
    { outcome: 'revoked', at: now - 29 * DAY },
    { at: now - 30 * DAY },
  ])
  const { days, refusals } = await getTokenUsage(admin, tokenId)
  expect(days).toHaveLength(30)
  expect(days.map(({ active, refused }) => [active, refused]).filter(([good, bad]) => good || bad)).toEqual([
    [0, 1],
    [1, 0],
    [2, 1],
  ])
  expect(days.at(-1)).toEqual({ start: new Date(Math.floor(now / DAY) * DAY), active: 2, refused: 1 })
  expect(refusals.toSorted((a, b) => a.outcome.localeCompare(b.outcome))).toEqual([
    { outcome: 'expired', count: 1 },
    { outcome: 'revoked', count: 1 },
  ])
})

test("only those who see a token see its callers, and with it no other place's", async () => {
  const { admin, tokenId, use, northwind, platform, person } = await usedWorld()
  const reseller = await person(northwind, 'admin')
  const { id: above } = await createToken(reseller, { organizationId: northwind.id, name: 'Above' })
  await use([
    { ip: '192.0.2.1' },
    { tokenId: above, organizationId: northwind.id, ip: '192.0.2.2' },
    { tokenId: above, ip: '192.0.2.3' },
  ])
  const addresses = async (...of: Parameters<typeof listCallers>) =>
    (await listCallers(...of)).callers.map(({ address }) => address)
  expect(await addresses(admin, [tokenId, above])).toEqual(['192.0.2.1'])
  expect(await addresses(reseller, [tokenId])).toEqual(['192.0.2.1'])
  expect(await addresses(reseller, [above])).toEqual(['192.0.2.2', '192.0.2.3'])
  for (const ctx of [admin, await person(northwind, 'viewer')])
    await expect(listCallers(ctx, [ctx === admin ? above : tokenId, tokenId])).rejects.toMatchObject({
      code: 'not_found',
    })
  await expect(getTokenUsage(admin, above)).rejects.toMatchObject({ code: 'not_found' })
  await expect(listCallers(admin, ['0'.repeat(16)])).rejects.toMatchObject({ code: 'not_found' })
  expect(await addresses(await person(platform, 'admin'), [tokenId])).toEqual(['192.0.2.1'])
})

test('of a personal token its owner alone sees callers, also where it counted nowhere', async () => {
  const { admin, alder, use, person } = await usedWorld()
  const { id: own } = await createToken(admin, { organizationId: null, name: 'Own' })
  await use([
    { tokenId: own, ip: '192.0.2.1' },
    { tokenId: own, organizationId: null, outcome: 'expired', ip: '192.0.2.2' },
  ])
  expect((await listCallers(admin, [own])).callers.map(({ address }) => address)).toEqual(['192.0.2.1', '192.0.2.2'])
  await expect(listCallers(await person(alder, 'admin'), [own])).rejects.toMatchObject({ code: 'not_found' })
})
