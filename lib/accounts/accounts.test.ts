import { expect, test } from 'vitest'
import { testDatabase } from '#db/testing/test-database'
import { hashPassword, isPassword } from '#lib/accounts/password'
import { ownPath } from '#lib/accounts/schema'
import { resumeSession } from '#lib/accounts/session'
import { setUp } from '#lib/accounts/set-up'
import { issueSetupLink } from '#lib/accounts/setup-link'
import { signIn } from '#lib/accounts/sign-in'
import { signOut } from '#lib/accounts/sign-out'
import { systemClock } from '#lib/clock'

const HOUR = 3_600_000
const PASSWORD = 'correct horse battery'
const FROM = { ip: '192.0.2.9', userAgent: 'test' }

async function fresh() {
  const { db, sql, url } = await testDatabase()
  let ahead = 0
  const clock = () => new Date(systemClock().getTime() + ahead)
  const link = async () => (await issueSetupLink({ url, appUrl: 'http://localhost:3000' }))?.split('#')[1] ?? ''
  const setUpWith = (link: string) =>
    setUp(
      { db, clock, ...FROM },
      { link, platformName: 'Acme', name: 'Ada', email: 'Ada@Acme.example', password: PASSWORD },
    )
  return {
    db,
    sql,
    clock,
    link,
    setUpWith,
    pass: (milliseconds: number) => {
      ahead += milliseconds
    },
  }
}

test('set-up makes the platform, its admin with a personal token, and a verifier token that waits to be revealed', async () => {
  const { link, setUpWith, sql } = await fresh()
  const { gatewayTokenId } = await setUpWith(await link())
  expect([
    ...(await sql`select kind, name, scopes, organization_id is not null as placed from tokens order by kind, name`),
  ]).toEqual([
    { kind: 'personal', name: 'Personal', scopes: null, placed: false },
    { kind: 'service', name: 'Gateway', scopes: ['tokens:verify'], placed: true },
  ])
  expect([...(await sql`select id from tokens where kind = 'service'`)]).toEqual([{ id: gatewayTokenId }])
  expect([...(await sql`select kind, slug, name from organizations`)]).toEqual([
    { kind: 'platform', slug: 'platform', name: 'Acme' },
  ])
})

test('a set-up link works once, for an hour, and only as the server printed it', async () => {
  const { link, setUpWith, pass, sql } = await fresh()
  const printed = await link()
  await expect(setUpWith('AAAAAAAAAAAAAAAAAAAAAA')).rejects.toMatchObject({ code: 'link_used' })
  pass(HOUR + 1000)
  await expect(setUpWith(printed)).rejects.toMatchObject({ code: 'link_used' })
  pass(-HOUR)
  await setUpWith(printed)
  await expect(setUpWith(printed)).rejects.toMatchObject({ code: 'already_set_up' })
  expect([...(await sql`select octet_length(digest) as bytes from one_time_links`)]).toEqual([{ bytes: 32 }])
})

test('two set-ups at once make one platform', async () => {
  const { link, setUpWith, sql } = await fresh()
  const outcomes = await Promise.allSettled([setUpWith(await link()), setUpWith(await link())])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await sql`select 1 from users`).toHaveLength(1)
})

test('only the right password begins a session, in whatever case the e-mail is written', async () => {
  const { db, clock, link, setUpWith } = await fresh()
  await setUpWith(await link())
  const attempt = (email: string, password: string) => signIn({ db, clock, ...FROM }, { email, password })
  expect(await attempt('ada@ACME.example', PASSWORD)).not.toBeNull()
  expect(await attempt('ada@acme.example', `${PASSWORD}!`)).toBeNull()
  expect(await attempt('nobody@acme.example', PASSWORD)).toBeNull()
})

test('a session ends after 12 hours without use, after 30 days in any case, and when it is ended', async () => {
  const world = await fresh()
  const { db, clock, link, setUpWith, pass } = world
  await setUpWith(await link())
  const begin = async () =>
    (await signIn({ db, clock, ...FROM }, { email: 'ada@acme.example', password: PASSWORD }))?.sessionId ?? ''
  const stands = async (id: string) => (await resumeSession({ db, clock }, id)) !== null

  const idle = await begin()
  pass(11 * HOUR)
  expect(await stands(idle)).toBe(true)
  pass(11 * HOUR)
  expect(await stands(idle)).toBe(true)
  pass(12 * HOUR + 1000)
  expect(await stands(idle)).toBe(false)

  const old = await begin()
  for (let hours = 0; hours < 30 * 24 - 10; hours += 10) {
    pass(10 * HOUR)
    expect(await stands(old)).toBe(true)
  }
  pass(10 * HOUR + 1000)
  expect(await stands(old)).toBe(false)

  const ended = await begin()
  await signOut({ db, clock, ...FROM }, ended)
  expect(await stands(ended)).toBe(false)
})

test('a password is kept as argon2id with 19 MiB and two passes, and without a hash none is right', async () => {
  const hash = await hashPassword(PASSWORD)
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await isPassword(PASSWORD, hash)).toBe(true)
  expect(await isPassword('another one altogether', hash)).toBe(false)
  expect(await isPassword(PASSWORD, null)).toBe(false)
})

test('beyond two hashes at once and twenty waiting, the next is told to come back', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => hashPassword(PASSWORD)))
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused).toHaveLength(8)
  expect(refused[0]?.reason).toMatchObject({ code: 'busy' })
})

test('after sign-in one is led only to a path of our own', () => {
  expect(ownPath('/o/alder/tokens?q=a')).toBe('/o/alder/tokens?q=a')
  for (const elsewhere of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    'o/alder',
    '/\t/evil.example',
    '/..//evil.example',
    '/.//evil.example',
    '/x/../..//evil.example/phish',
    '/%2e%2e//evil.example',
  ])
    expect(ownPath(elsewhere)).toBeUndefined()
})
