import { expect, onTestFinished, test } from 'vitest'
import { openVerificationDatabase } from '#db/verification-client'
import { NEVER, ORGANIZATION, openLedger, TABLES, use } from '#lib/verification/testing/recorder'
import { openUsageRecorder } from '#lib/verification/usage-recorder'

test('of 100 values on all others are one, across writers at once and one after the other', async () => {
  const { ledger, url, rows } = await openLedger()
  const other = openVerificationDatabase(url, { connections: 1 })
  onTestFinished(() => other.close())
  for (const organizationId of [ORGANIZATION, null]) {
    const writers = [ledger, other].map((each) => openUsageRecorder(each, NEVER))
    for (const [at, recorder] of writers.entries())
      for (let n = 0; n < 130; n++)
        recorder.record(
          use({
            ...{ organizationId, outcome: at === 0 ? 'active' : 'expired' },
            ...{ endpoint: `/${at}/${n}`, resource: `${at} ${n}`, ip: `2001:db8::${at}:${n}`, userAgent: `${at}/${n}` },
          }),
        )
    await Promise.all(writers.map((recorder) => recorder.close()))
    const later = openUsageRecorder(ledger, NEVER)
    for (const endpoint of ['/0/0', '/new', '/0/1']) later.record(use({ organizationId, endpoint }))
    await later.close()
  }
  for (const table of TABLES) {
    const all = await rows(table)
    for (const organizationId of [ORGANIZATION, null]) {
      const of = all.filter((row) => 'organization_id' in row && row['organization_id'] === organizationId)
      expect(of).toHaveLength(101)
      expect(of.filter(({ value }) => value === 'other')).toHaveLength(1)
      const sum = of.reduce((so, { active, refused }) => so + active + refused, 0)
      expect(sum).toBe(260 + (table === 'usage_endpoints' ? 3 : 0))
    }
  }
})

test('of 100 values on all others are one, whatever writers that run side by side remember, and after an answer was lost', async () => {
  const { ledger, url, rows, total, fail } = await openLedger()
  const other = openVerificationDatabase(url, { connections: 1 })
  onTestFinished(() => other.close())
  const recorders = [ledger, other].map((each) => openUsageRecorder(each, { lastUsesEveryMs: 1e8, hoursEveryMs: 1 }))
  let all = 0
  for (let round = 1; round <= 9; round++) {
    if (round === 6) fail('after')
    for (const [at, recorder] of recorders.entries())
      for (let n = 0; n < 12 * Math.min(round, 8); n++, all++)
        recorder.record(use({ endpoint: `/${at}/${n}`, ip: '192.0.2.1' }))
    await expect.poll(total).toBe(all)
    fail('no')
  }
  await Promise.all(recorders.map((recorder) => recorder.close()))
  const kept = await rows('usage_endpoints')
  expect(kept).toHaveLength(101)
  expect(kept.reduce((so, { active }) => so + active, 0)).toBe(all)
  expect(await rows('usage_addresses')).toMatchObject([{ value: '192.0.2.1', active: all }])
  // The first of each writer were there before there were too many, and are counted as themselves to the end.
  expect(kept.filter(({ value }) => value === '/0/0' || value === '/1/0')).toMatchObject([{ active: 9 }, { active: 9 }])
})

test('what was written is let go of where room is needed, and counted on', async () => {
  const { ledger, total, rows } = await openLedger()
  const recorder = openUsageRecorder(ledger, { ...NEVER, hoursEveryMs: 1, tokensAtMost: 3, valuesAtMost: 3 })
  for (let round = 1; round <= 4; round++) {
    for (let n = 0; n < 2; n++) recorder.record(use({ tokenId: `${(round + n) % 4}`.repeat(16), ip: '192.0.2.1' }))
    await expect.poll(total).toBe(2 * round)
  }
  await recorder.close()
  expect(recorder.dropped()).toMatchObject({ use: 0, address: 0 })
  expect((await rows('usage_addresses')).map(({ active }) => active)).toEqual([2, 2, 2, 2])
})

test('while nothing can be written no more is kept than allowed, and what is dropped is counted by its kind', async () => {
  const { ledger, total, rows } = await openLedger()
  const recorder = openUsageRecorder(ledger, { ...NEVER, tokensAtMost: 3, valuesAtMost: 5 })
  for (let n = 0; n < 5; n++) recorder.record(use({ tokenId: `${n}`.repeat(16) }))
  for (let n = 0; n < 8; n++) recorder.record(use({ tokenId: '0'.repeat(16), resource: `device:${n}` }))
  expect(recorder.dropped()).toMatchObject({ lastUse: 2, use: 2, resource: 3, endpoint: 0 })
  await recorder.close()
  expect(await total()).toBe(11)
  expect(await rows('usage_resources')).toHaveLength(5)
})
