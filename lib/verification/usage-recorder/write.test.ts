import { expect, onTestFinished, test } from 'vitest'
import { openVerificationDatabase } from '#db/verification-client'
import { openLedger, TABLES, use } from '#lib/verification/testing/recorder'
import { openUsageRecorder } from '#lib/verification/usage-recorder'

test('a write that failed loses nothing, and one whose answer was lost counts nothing twice', async () => {
  const { ledger, fail, total, rows } = await openLedger()
  const recorder = openUsageRecorder(ledger, { lastUsesEveryMs: 1e8, hoursEveryMs: 5 })
  const wait = () => new Promise((done) => setTimeout(done, 40))
  fail('before')
  recorder.record(use({ ip: '192.0.2.1' }))
  await wait()
  expect(await total()).toBe(0)
  fail('after')
  recorder.record(use({ ip: '192.0.2.1' }))
  await expect.poll(total).toBe(1)
  await wait()
  recorder.record(use({ ip: '192.0.2.2', userAgent: 'curl/8' }))
  fail('no')
  await expect.poll(total).toBe(3)
  await wait()
  await recorder.close()
  expect(await total()).toBe(3)
  expect(await rows('usage_addresses')).toMatchObject([
    { value: '192.0.2.1', active: 2 },
    { value: '192.0.2.2', active: 1, user_agent: 'curl/8' },
  ])
})

test('closing writes what is left, and ends even when that fails', async () => {
  const { ledger, fail, total } = await openLedger()
  const recorder = openUsageRecorder(ledger)
  recorder.record(use())
  await recorder.close()
  expect(await total()).toBe(1)
  const failing = openUsageRecorder(ledger)
  failing.record(use())
  fail('before')
  await failing.close()
})

test('the rights of a verifier are enough', async () => {
  const { sql, url, rows } = await openLedger()
  const login = `verifier_${crypto.randomUUID().slice(0, 8)}`
  await sql.unsafe(`create role ${login} login password 'of this test' in role tokenry_verifier`)
  onTestFinished(async () => {
    await database.close()
    const { openDatabase } = await import('#db/client')
    const admin = openDatabase(url, { connections: 1 })
    await admin.execute(`drop role ${login}`)
    await admin.close()
  })
  const own = new URL(url)
  own.username = login
  own.password = 'of this test'
  const database = openVerificationDatabase(own.href, { connections: 1 })
  const recorder = openUsageRecorder(database)
  recorder.record(use({ ip: '192.0.2.1', userAgent: 'curl/8', endpoint: '/v1', resource: 'device:a' }))
  await recorder.close()
  for (const table of TABLES) expect(await rows(table)).toHaveLength(1)
})
