import { expect, test } from 'vitest'
import { holdAtGate } from '#db/testing/gate'
import { failureKeys, networkOf } from '#lib/accounts/failure-keys'
import { inTurn } from '#lib/accounts/password'
import { reserveTry } from '#lib/accounts/reserve-try'
import { HOME, PASSWORD, peopleWorld } from '#lib/accounts/testing/people'

const ADA = 'ada@alder.example'
const ELSEWHERE = '198.51.100.4'
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const tooOften = { code: 'too_often', message: expect.stringMatching(/^Too many tries\. Try again in \d+ minutes?\.$/) }

const times = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index))
const codes = (outcomes: PromiseSettledResult<unknown>[]) =>
  outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code ?? String(outcome.reason)] : []))

/** Leaves as many tries as told for Ada from HOME within the next 15 minutes. */
const leave = (world: Awaited<ReturnType<typeof peopleWorld>>, tries: number) =>
  world.fill('account', 10 - tries, { email: ADA })

test.each([true, false])(
  'after ten wrong passwords from a network the eleventh try is refused, with an account: %s',
  async (known) => {
    const world = await peopleWorld()
    if (known) await world.register(ADA)
    for (let n = 0; n < 10; n++) expect(await world.attempt(ADA, `guess number ${n}`)).toBeNull()
    await expect(world.attempt(ADA, PASSWORD)).rejects.toMatchObject(tooOften)
    await expect(world.attempt(ADA.toUpperCase(), PASSWORD)).rejects.toMatchObject(tooOften)
  },
)

test('guessing from one network keeps the owner out of no other', async () => {
  const world = await peopleWorld()
  await world.register(ADA)
  await leave(world, 1)
  expect(await world.attempt(ADA, 'a guess')).toBeNull()
  await expect(world.attempt(ADA, PASSWORD, HOME)).rejects.toMatchObject(tooOften)
  expect(await world.attempt(ADA, PASSWORD, ELSEWHERE)).not.toBeNull()
})

test('it says how long to wait, and then the right password is let in', async () => {
  const world = await peopleWorld()
  await world.register(ADA)
  await leave(world, 1)
  expect(await world.attempt(ADA, 'a guess')).toBeNull()
  world.pass(2 * MINUTE + 30_000)
  await expect(world.attempt(ADA, PASSWORD)).rejects.toMatchObject({
    message: 'Too many tries. Try again in 13 minutes.',
    retryAfterSeconds: 12.5 * 60,
  })
  world.pass(12 * MINUTE)
  await expect(world.attempt(ADA, PASSWORD)).rejects.toMatchObject({
    message: 'Too many tries. Try again in 1 minute.',
  })
  world.pass(30_000)
  expect(await world.attempt(ADA, PASSWORD)).not.toBeNull()
})

test('trying on while refused makes the wait no longer, and fills no count that others share', async () => {
  const world = await peopleWorld()
  await world.register(ADA)
  await leave(world, 1)
  expect(await world.attempt(ADA, 'a guess')).toBeNull()
  for (let n = 0; n < 20; n++) await expect(world.attempt(ADA, 'once more')).rejects.toMatchObject(tooOften)
  expect(await world.counts(ADA)).toMatchObject({ network: 1, all: 1 })
  world.pass(15 * MINUTE)
  expect(await world.attempt(ADA, PASSWORD)).not.toBeNull()
})

test('a network has 50 wrong passwords, whatever the accounts, and others have theirs', async () => {
  const world = await peopleWorld()
  await world.register(ADA)
  await world.fill('network', 48)
  for (let n = 0; n < 2; n++) expect(await world.attempt(`nobody-${n}@alder.example`, 'a guess')).toBeNull()
  await expect(world.attempt(ADA, PASSWORD)).rejects.toMatchObject(tooOften)
  expect(await world.attempt(ADA, PASSWORD, ELSEWHERE)).not.toBeNull()
})

test('beyond 1,000 wrong passwords from everywhere nobody new is let in', async () => {
  const world = await peopleWorld()
  await world.register(ADA)
  await world.fill('all', 999)
  expect(await world.attempt('nobody@alder.example', 'a guess', ELSEWHERE)).toBeNull()
  await expect(world.attempt(ADA, PASSWORD)).rejects.toMatchObject({
    ...tooOften,
    message: 'Too many tries. Try again in 15 minutes.',
  })
})

test.each(['network', 'all'] as const)(
  'whoever signed in from a network within 90 days gets in from there when the count is full: %s',
  async (scope) => {
    const world = await peopleWorld()
    await Promise.all([world.register(ADA), world.register('new@alder.example')])
    expect(await world.attempt(ADA, PASSWORD)).not.toBeNull()
    world.pass(89 * DAY)
    await world.fill(scope, 5000)
    await world.fill(scope, 5000, { ip: ELSEWHERE })
    expect(await world.attempt(ADA, PASSWORD)).not.toBeNull()
    await expect(world.attempt(ADA, PASSWORD, ELSEWHERE)).rejects.toMatchObject(tooOften)
    await expect(world.attempt('new@alder.example', PASSWORD)).rejects.toMatchObject(tooOften)
    world.pass(91 * DAY)
    await world.fill(scope, 5000)
    await expect(world.attempt(ADA, PASSWORD)).rejects.toMatchObject(tooOften)
  },
)

test('being a regular is no licence to guess', async () => {
  const world = await peopleWorld()
  await world.register(ADA)
  expect(await world.attempt(ADA, PASSWORD)).not.toBeNull()
  await world.fill('network', 5000)
  await leave(world, 1)
  await expect(world.attempt(ADA, 'a guess')).rejects.toMatchObject(tooOften)
  expect(await world.counts(ADA)).toMatchObject({ account: 10 })
  await expect(world.attempt(ADA, PASSWORD)).rejects.toMatchObject(tooOften)
})

test.each(['network', 'all'] as const)(
  'a wrong password for a regular is answered like an unknown e-mail when the count is full: %s',
  async (scope) => {
    const world = await peopleWorld()
    await world.register(ADA)
    expect(await world.attempt(ADA, PASSWORD)).not.toBeNull()
    await world.fill(scope, 5000)
    world.pass(2 * MINUTE)
    const answerTo = (email: string) =>
      world.attempt(email, 'a guess').then(
        (answer) => answer,
        (error: unknown) => error,
      )
    const unknown = await answerTo('nobody@alder.example')
    expect(unknown).toMatchObject({ ...tooOften, retryAfterSeconds: 13 * 60 })
    expect(await answerTo(ADA)).toEqual(unknown)
    expect(await world.attempt(ADA, PASSWORD)).not.toBeNull()
  },
)

test('a right password forgets the failures of the account there, and takes only its own off the rest', async () => {
  const world = await peopleWorld()
  await world.register(ADA)
  for (let n = 0; n < 2; n++) expect(await world.attempt(ADA, 'a guess')).toBeNull()
  expect(await world.counts(ADA)).toEqual({ account: 2, network: 2, all: 2 })
  expect(await world.attempt(ADA, PASSWORD)).not.toBeNull()
  expect(await world.counts(ADA)).toEqual({ account: 0, network: 2, all: 2 })
})

test('100 simultaneous tries make exactly ten', async () => {
  const world = await peopleWorld({ connections: 100 })
  const { id } = await world.register(ADA)
  const from = { db: world.db, clock: world.clock, ip: HOME, userAgent: 'test' }
  const keys = failureKeys(ADA, networkOf(HOME))
  const counted = { keys, user: { id, email: ADA }, isRegular: async () => false }
  const outcomes = await holdAtGate(world.url, 'password_failures', 100, () =>
    times(100, () => reserveTry(from, counted)),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
  expect(codes(outcomes)).toEqual(times(90, () => 'too_often'))
  expect(await world.counts(ADA)).toMatchObject({ network: 10, all: 10 })
  expect(await world.trail('user.sign_in_blocked')).toHaveLength(1)
})

test('100 simultaneous tries on accounts of their own make exactly what the network has', async () => {
  const world = await peopleWorld({ connections: 100 })
  const from = { db: world.db, clock: world.clock, ip: HOME, userAgent: 'test' }
  const counted = (n: number) => ({
    keys: failureKeys(`${n}`, networkOf(HOME)),
    user: null,
    isRegular: async () => false,
  })
  const outcomes = await holdAtGate(world.url, 'password_failures', 100, () =>
    times(100, (n) => reserveTry(from, counted(n))),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(50)
  expect(codes(outcomes)).toEqual(times(50, () => 'too_often'))
})

test('whoever finds no room to be compared is told to come back at once, and is not counted', async () => {
  const world = await peopleWorld()
  await world.register(ADA)
  await world.fill('account', 9, { email: ADA })
  const { promise: over, resolve: end } = Promise.withResolvers<void>()
  const others = times(22, () => inTurn(() => over))
  await expect(world.attempt(ADA, PASSWORD)).rejects.toMatchObject({ code: 'busy' })
  end()
  await Promise.all(others)
  expect(await world.attempt(ADA, PASSWORD)).not.toBeNull()
})

test('a blocked account is in the trail once in 15 minutes, and what is no account never', async () => {
  const world = await peopleWorld()
  await world.register(ADA)
  const refused = (email: string) => expect(world.attempt(email, 'a guess')).rejects.toMatchObject(tooOften)
  for (const email of [ADA, 'nobody@alder.example']) {
    await world.fill('account', 10, { email })
    for (let n = 0; n < 3; n++) await refused(email)
  }
  const blocked = { action: 'user.sign_in_blocked', target_name: ADA, actor_name: 'Tokenry', ip: HOME }
  expect(await world.trail('user.sign_in_blocked')).toEqual([blocked])
  world.pass(15 * MINUTE)
  await world.fill('account', 10, { email: ADA })
  await refused(ADA)
  expect(await world.trail('user.sign_in_blocked')).toEqual([blocked, blocked])
})

test('a network is an IPv4 address, and the first 64 bits of an IPv6 one', () => {
  expect(networkOf('2001:db8:1:2::1')).toBe(networkOf('2001:db8:1:2:ffff::9'))
  expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'))
  expect(networkOf('192.0.2.1')).not.toBe(networkOf('192.0.2.2'))
  expect(networkOf('::ffff:192.0.2.1')).toBe(networkOf('192.0.2.1'))
  expect(networkOf(null)).toBe(networkOf('no address'))
})
