import { expect, test } from 'vitest'
import { OUTCOMES } from '#lib/usage/choices'
import { NEVER, NOON, ORGANIZATION, openLedger, TABLES, use } from '#lib/verification/testing/recorder'
import { openUsageRecorder } from '#lib/verification/usage-recorder'

const HOUR = 3_600_000

// The same on every run.
function dice() {
  let state = 7
  return (sides: number) => {
    state = (state * 48_271) % 2_147_483_647
    return state % sides
  }
}

test('counts are exact whatever comes in which order, over many writes', async () => {
  const { sql, ledger, rows } = await openLedger()
  const throws = dice()
  const hours = new Map<string, number>()
  const values = TABLES.map(() => new Map<string, [active: number, refused: number]>())
  for (let round = 0; round < 4; round++) {
    const recorder = openUsageRecorder(ledger, NEVER)
    for (let times = 0; times < 3_000; times++) {
      const tokenId = `${'abz'[throws(3)]}${throws(30)}`.padEnd(16, '0')
      const organizationId = throws(3) === 0 ? null : ORGANIZATION
      const outcome = OUTCOMES[Math.max(0, throws(OUTCOMES.length + 20) - 20)] ?? 'active'
      const at = NOON + throws(3 * HOUR)
      const pick = (name: string, many: number) => (throws(4) === 0 ? null : `${name}${throws(many)}`)
      const told = [pick('/v1/', 4), pick('device:', 9), pick('192.0.2.', 3), pick('curl/', 3)] as const
      const [endpoint, resource, ip, userAgent] = told
      recorder.record(use({ tokenId, organizationId, outcome, at, endpoint, resource, ip, userAgent }))
      const hour = new Date(Math.floor(at / HOUR) * HOUR).toISOString()
      const key = `${organizationId} ${tokenId} ${hour}`
      hours.set(`${key} ${outcome}`, (hours.get(`${key} ${outcome}`) ?? 0) + 1)
      for (const [kind, value] of told.entries()) {
        if (value === null) continue
        const [active, refused] = values[kind]?.get(`${key} ${value}`) ?? [0, 0]
        values[kind]?.set(`${key} ${value}`, outcome === 'active' ? [active + 1, refused] : [active, refused + 1])
      }
    }
    await recorder.close()
  }
  const written = (row: Record<string, unknown>) =>
    `${row['organization_id']} ${row['token_id']} ${(row['hour'] as Date).toISOString()}`
  const counted = await sql`select * from usage_hours`
  expect(new Map(counted.map((row) => [`${written(row)} ${row['outcome']}`, row['count']]))).toEqual(hours)
  for (const [kind, table] of TABLES.entries()) {
    const each = await rows(table)
    expect(new Map(each.map((row) => [`${written(row)} ${row.value}`, [row.active, row.refused]]))).toEqual(
      values[kind],
    )
  }
})

test('values are cut at 200 with no half character, and what no database or reader bears is made harmless', async () => {
  const { ledger, rows } = await openLedger()
  const recorder = openUsageRecorder(ledger)
  for (const endpoint of [`/${'é'.repeat(300)}`, `${'x'.repeat(199)}😀`, 'a\u0000b\ud800c', ''])
    for (let twice = 0; twice < 2; twice++) recorder.record(use({ endpoint }))
  await recorder.close()
  const kept = await rows('usage_endpoints')
  expect(new Map(kept.map(({ value, active }) => [value, active]))).toEqual(
    new Map([
      [`/${'é'.repeat(199)}`, 2],
      ['x'.repeat(199), 2],
      ['a b\ufffdc', 2],
    ]),
  )
})
