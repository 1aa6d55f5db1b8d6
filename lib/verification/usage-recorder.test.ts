import { expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '#db/testing/test-database'
import { openVerificationDatabase } from '#db/verification-client'
import { OUTCOMES } from '#lib/usage/choices'
import { openUsageRecorder, type Use } from '#lib/verification/usage-recorder'

const HOUR = 3_600_000
const NOON = Date.parse('2026-11-01T12:00:00Z')
const ORGANIZATION = '00000000-0000-4000-8000-000000000001'
const TABLES = ['usage_endpoints', 'usage_resources', 'usage_addresses', 'usage_user_agents'] as const
const NEVER = { lastUsesEveryMs: 1e8, hoursEveryMs: 1e8 }

const use = (more: Partial<Use> = {}): Use => ({
  ...{ tokenId: 'a'.repeat(16), organizationId: ORGANIZATION, outcome: 'active', at: NOON },
  ...{ endpoint: null, resource: null, ip: null, userAgent: null, opened: null },
  ...more,
})

async function open() {
  const { sql, url } = await testDatabase()
  const database = openVerificationDatabase(url, { connections: 1 })
  onTestFinished(() => database.close())
  let failing: 'no' | 'before' | 'after' = 'no'
  const ledger: Pick<typeof database, 'ask'> = {
    async ask(query) {
      if (failing === 'before') throw new Error('unreachable')
      const answer = await database.ask(query)
      if (failing === 'after') throw new Error('the answer is lost')
      return answer
    },
  }
  const rows = async (table: (typeof TABLES)[number]) =>
    sql<{ value: string; active: number; refused: number; user_agent?: string | null }[]>`
      select * from ${sql(table)} order by token_id, hour, value`
  const total = async () => Number((await sql`select coalesce(sum(count), 0) as total from usage_hours`)[0]?.['total'])
  return { sql, url, ledger, rows, total, fail: (when: typeof failing) => (failing = when) }
}

// The same on every run.
function dice() {
  let state = 7
  return (sides: number) => {
    state = (state * 48_271) % 2_147_483_647
    return state % sides
  }
}

test('counts are exact whatever comes in which order, over many writes', async () => {
  const { sql, ledger, rows } = await open()
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

test('of 100 values on all others are one, across writers at once and one after the other', async () => {
  const { ledger, url, rows } = await open()
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
  const { ledger, url, rows, total, fail } = await open()
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
  const { ledger, total, rows } = await open()
  const recorder = openUsageRecorder(ledger, { ...NEVER, hoursEveryMs: 1, tokensAtMost: 3, valuesAtMost: 3 })
  for (let round = 1; round <= 4; round++) {
    for (let n = 0; n < 2; n++) recorder.record(use({ tokenId: `${(round + n) % 4}`.repeat(16), ip: '192.0.2.1' }))
    await expect.poll(total).toBe(2 * round)
  }
  await recorder.close()
  expect(recorder.dropped()).toMatchObject({ use: 0, address: 0 })
  expect((await rows('usage_addresses')).map(({ active }) => active)).toEqual([2, 2, 2, 2])
})

test('a write that failed loses nothing, and one whose answer was lost counts nothing twice', async () => {
  const { ledger, fail, total, rows } = await open()
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
  const { ledger, fail, total } = await open()
  const recorder = openUsageRecorder(ledger)
  recorder.record(use())
  await recorder.close()
  expect(await total()).toBe(1)
  const failing = openUsageRecorder(ledger)
  failing.record(use())
  fail('before')
  await failing.close()
})

test('only active sets the last use, the latest one, whatever order they come in; a first use is not forgotten for it', async () => {
  const { sql, ledger } = await open()
  const [platform] =
    await sql`insert into organizations (kind, slug, name) values ('platform', 'platform', 'P') returning id`
  const tokenId = 'a'.repeat(16)
  const digest = Buffer.alloc(32, 7)
  await sql`insert into tokens (id, kind, organization_id, name, name_key, scopes, created_at, updated_at)
    values (${tokenId}, 'organization', ${platform?.['id']}, 'T', 't', '{}', now(), now())`
  await sql`insert into token_secrets (token_id, state, prefix, digest, tail, minted_at, reveal_key_digest, reveal_salt,
    reveal_until) values (${tokenId}, 'current', 'tok', ${digest}, 'tail', now(), ${digest}, ${digest}, now())`
  const recorder = openUsageRecorder(ledger)
  recorder.record(use({ at: NOON + 1, ip: '192.0.2.1', opened: digest }))
  recorder.record(use({ at: NOON + 3, ip: '192.0.2.3', userAgent: `\u0000${'x'.repeat(254)}😀` }))
  recorder.record(use({ at: NOON + 2, ip: '192.0.2.2' }))
  recorder.record(use({ at: NOON + 4, ip: '192.0.2.4', outcome: 'expired' }))
  await recorder.close()
  expect(
    await sql`select last_used_at, last_used_ip, last_used_user_agent, reveal_open from tokens t
    join token_secrets s on s.token_id = t.id`,
  ).toEqual([
    {
      ...{ last_used_at: new Date(NOON + 3), last_used_ip: '192.0.2.3', reveal_open: false },
      last_used_user_agent: ` ${'x'.repeat(254)}`,
    },
  ])
})

test('values are cut at 200 with no half character, and what no database or reader bears is made harmless', async () => {
  const { ledger, rows } = await open()
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

test('while nothing can be written no more is kept than allowed, and what is dropped is counted by its kind', async () => {
  const { ledger, total, rows } = await open()
  const recorder = openUsageRecorder(ledger, { ...NEVER, tokensAtMost: 3, valuesAtMost: 5 })
  for (let n = 0; n < 5; n++) recorder.record(use({ tokenId: `${n}`.repeat(16) }))
  for (let n = 0; n < 8; n++) recorder.record(use({ tokenId: '0'.repeat(16), resource: `device:${n}` }))
  expect(recorder.dropped()).toMatchObject({ lastUse: 2, use: 2, resource: 3, endpoint: 0 })
  await recorder.close()
  expect(await total()).toBe(11)
  expect(await rows('usage_resources')).toHaveLength(5)
})

test('the rights of a verifier are enough', async () => {
  const { sql, url, rows } = await open()
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
