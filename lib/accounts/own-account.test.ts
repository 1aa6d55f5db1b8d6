import { expect, test } from 'vitest'
import { changePassword } from '#lib/accounts/change-password'
import { confirmIdentity } from '#lib/accounts/confirm'
import { editProfile } from '#lib/accounts/edit-profile'
import { endOtherSessions, endSession, signOutEverywhere } from '#lib/accounts/end-sessions'
import { inTurn } from '#lib/accounts/password'
import { ChangePasswordInput } from '#lib/accounts/schema'
import { listSessions } from '#lib/accounts/session'
import { signOut } from '#lib/accounts/sign-out'
import { HOME, PASSWORD, peopleWorld } from '#lib/accounts/testing/people'

const ADA = 'ada@alder.example'
const EVE = 'eve@alder.example'
const NEW = 'another horse, another battery'
const MINUTE = 60_000

async function signedIn() {
  const world = await peopleWorld()
  await world.register(ADA)
  const stands = async (ctx: { sessionId: string }) => (await world.resume(ctx.sessionId)) !== null
  return { ...world, stands, ada: await world.enter(ADA) }
}

test('each sign-in is a session with an id of its own', async () => {
  const { enter, ada, stands } = await signedIn()
  const again = await enter(ADA)
  expect(again.sessionId).not.toBe(ada.sessionId)
  expect(await Promise.all([ada, again].map(stands))).toEqual([true, true])
})

test('the right password confirms the session that it was given in, and no other', async () => {
  const { enter, ada, resume, pass, clock } = await signedIn()
  const other = await enter(ADA)
  pass(11 * MINUTE)
  expect(await confirmIdentity(ada, { password: PASSWORD })).toEqual({ confirmedAt: clock() })
  expect((await resume(ada.sessionId))?.actor.confirmedAt).toEqual(clock())
  expect((await resume(other.sessionId))?.actor.confirmedAt).toEqual(other.actor.confirmedAt)
})

test('a wrong password confirms nothing, stands at its field and counts with those of signing in', async () => {
  const { ada, resume, pass, fill, counts, attempt } = await signedIn()
  pass(11 * MINUTE)
  await fill('account', 9, { email: ADA })
  await expect(confirmIdentity(ada, { password: 'a guess' })).rejects.toMatchObject({
    code: 'invalid',
    fields: { password: 'This is not your password.' },
  })
  expect(await counts(ADA)).toMatchObject({ account: 10 })
  await expect(confirmIdentity(ada, { password: PASSWORD })).rejects.toMatchObject({ code: 'too_often' })
  await expect(changePassword(ada, { current: PASSWORD, password: NEW })).rejects.toMatchObject({ code: 'too_often' })
  await expect(attempt(ADA, PASSWORD)).rejects.toMatchObject({ code: 'too_often' })
  expect((await resume(ada.sessionId))?.actor.confirmedAt).toEqual(ada.actor.confirmedAt)
})

test.each(['network', 'all'] as const)(
  'whoever is signed in confirms and changes their password from anywhere when the count is full: %s',
  async (scope) => {
    const { ada, fill } = await signedIn()
    const ip = '198.51.100.77'
    const abroad = { ...ada, actor: { ...ada.actor, ip } }
    await fill(scope, 5000, { ip })
    await expect(confirmIdentity(abroad, { password: 'a guess' })).rejects.toMatchObject({ code: 'invalid' })
    expect(await confirmIdentity(abroad, { password: PASSWORD })).toHaveProperty('confirmedAt')
    await changePassword(abroad, { current: PASSWORD, password: NEW })
    await fill('account', 10, { ip, email: ADA })
    await expect(confirmIdentity(abroad, { password: NEW })).rejects.toMatchObject({ code: 'too_often' })
  },
)

test('where too many passwords are compared already, confirming is refused as busy', async () => {
  const { ada } = await signedIn()
  const { promise: over, resolve: end } = Promise.withResolvers<void>()
  const others = Array.from({ length: 22 }, () => inTurn(() => over))
  await expect(confirmIdentity(ada, { password: PASSWORD })).rejects.toMatchObject({ code: 'busy' })
  end()
  await Promise.all(others)
})

test('an account without a password is told so', async () => {
  const { ada, sql } = await signedIn()
  await sql`update users set password_hash = null`
  const refused = { code: 'forbidden', message: expect.stringContaining('has no password') }
  await expect(confirmIdentity(ada, { password: PASSWORD })).rejects.toMatchObject(refused)
  await expect(changePassword(ada, { current: PASSWORD, password: NEW })).rejects.toMatchObject(refused)
})

test('whoever was signed out meanwhile confirms nothing and changes no password', async () => {
  const { ada, db, clock, attempt } = await signedIn()
  await signOut({ db, clock, ip: HOME, userAgent: 'test' }, ada.sessionId)
  await expect(confirmIdentity(ada, { password: PASSWORD })).rejects.toMatchObject({ code: 'unauthenticated' })
  await expect(changePassword(ada, { current: PASSWORD, password: NEW })).rejects.toMatchObject({
    code: 'unauthenticated',
  })
  expect(await attempt(ADA, NEW)).toBeNull()
})

test('a changed password ends every other session of that person at the next request, and confirms this one', async () => {
  const { enter, register, ada, resume, pass, stands, clock, attempt, trail } = await signedIn()
  await register(EVE)
  const [elsewhere, eve] = [await enter(ADA), await enter(EVE)]
  pass(11 * MINUTE)
  await changePassword(ada, { current: PASSWORD, password: NEW })
  expect(await Promise.all([ada, elsewhere, eve].map(stands))).toEqual([true, false, true])
  expect((await resume(ada.sessionId))?.actor.confirmedAt).toEqual(clock())
  expect(await attempt(ADA, PASSWORD)).toBeNull()
  expect(await attempt(ADA, NEW)).not.toBeNull()
  expect(await trail('user.password_changed', 'user.sessions_ended')).toEqual([
    { action: 'user.password_changed', target_name: ADA, actor_name: ADA, ip: HOME },
    { action: 'user.sessions_ended', target_name: ADA, actor_name: ADA, ip: HOME },
  ])
})

test('a wrong current password changes nothing and stands at its field', async () => {
  const { enter, ada, stands, attempt } = await signedIn()
  const elsewhere = await enter(ADA)
  await expect(changePassword(ada, { current: 'a guess', password: NEW })).rejects.toMatchObject({
    code: 'invalid',
    fields: { current: 'This is not your password.' },
  })
  expect(await stands(elsewhere)).toBe(true)
  expect(await attempt(ADA, NEW)).toBeNull()
})

test('a sign-in by the old password that is under way when it changes begins no session', async () => {
  const { ada, sql, attempt } = await signedIn()
  let late: Promise<unknown> = Promise.resolve()
  await sql.begin(async (tx) => {
    await tx`select from users where email_key = ${ADA} for no key update`
    late = attempt(ADA, PASSWORD)
    for (let waiting = 0; waiting === 0; ) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      const [row] = await sql`select count(*)::int as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      waiting = Number(row?.['waiting'])
    }
    await tx`update users set password_hash = 'another' where email_key = ${ADA}`
  })
  expect(await late).toBeNull()
  expect([...(await sql`select id from sessions`)]).toEqual([{ id: ada.sessionId }])
})

test('of two simultaneous changes of a password one wins, and the other is told', async () => {
  const { ada, attempt } = await signedIn()
  const outcomes = await Promise.allSettled(
    [`${NEW} 1`, `${NEW} 2`].map((password) => changePassword(ada, { current: PASSWORD, password })),
  )
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const winner = outcomes.findIndex(({ status }) => status === 'fulfilled') + 1
  expect(await attempt(ADA, `${NEW} ${winner}`)).not.toBeNull()
})

test('a new password has 12 to 256 characters', () => {
  const accepts = (length: number) =>
    ChangePasswordInput.safeParse({ current: PASSWORD, password: 'x'.repeat(length) }).success
  expect([11, 12, 256, 257].map(accepts)).toEqual([false, true, true, false])
})

test('people see their own sessions, which one asks, and those that still stand', async () => {
  const { enter, register, ada, pass, clock, resume } = await signedIn()
  await register(EVE)
  await enter(EVE)
  const begun = clock()
  pass(11 * 60 * MINUTE)
  const later = await enter(ADA)
  const seen = { ip: HOME, userAgent: 'test' }
  expect(await listSessions(ada)).toEqual([
    { id: later.sessionId, createdAt: clock(), lastSeenAt: clock(), ...seen, current: false },
    { id: ada.sessionId, createdAt: begun, lastSeenAt: begun, ...seen, current: true },
  ])
  pass(2 * 60 * MINUTE)
  const still = await resume(later.sessionId)
  expect(still && (await listSessions(still)).map(({ id }) => id)).toEqual([later.sessionId])
})

test('people end a session of their own, and nobody a session of somebody else', async () => {
  const { enter, register, ada, stands } = await signedIn()
  await register(EVE)
  const [eve, elsewhere] = [await enter(EVE), await enter(ADA)]
  await expect(endSession(ada, { sessionId: eve.sessionId })).rejects.toMatchObject({ code: 'not_found' })
  await endSession(ada, { sessionId: elsewhere.sessionId })
  await expect(endSession(ada, { sessionId: elsewhere.sessionId })).rejects.toMatchObject({ code: 'not_found' })
  expect(await Promise.all([ada, eve, elsewhere].map(stands))).toEqual([true, true, false])
})

test('ending the others leaves this session, and signing out everywhere none', async () => {
  const { enter, register, ada, stands, trail } = await signedIn()
  await register(EVE)
  const [eve, elsewhere] = [await enter(EVE), await enter(ADA)]
  await endOtherSessions(ada)
  expect(await Promise.all([ada, eve, elsewhere].map(stands))).toEqual([true, true, false])
  await endOtherSessions(ada)
  await signOutEverywhere(ada)
  expect(await Promise.all([ada, eve].map(stands))).toEqual([false, true])
  const ended = { action: 'user.sessions_ended', target_name: ADA, actor_name: ADA, ip: HOME }
  expect(await trail('user.sessions_ended')).toEqual([ended, ended])
})

test('signing out is in the trail, once', async () => {
  const { ada, db, clock, trail } = await signedIn()
  for (let n = 0; n < 2; n++) await signOut({ db, clock, ip: HOME, userAgent: 'test' }, ada.sessionId)
  expect(await trail('user.signed_out')).toEqual([
    { action: 'user.signed_out', target_name: ADA, actor_name: ADA, ip: HOME },
  ])
})

test('a changed name is on the account and in the trail, the same name again in neither', async () => {
  const { ada, sql, trail } = await signedIn()
  for (let n = 0; n < 2; n++) await editProfile(ada, { name: 'Ada Lovelace' })
  expect([...(await sql`select name from users where email = ${ADA}`)]).toEqual([{ name: 'Ada Lovelace' }])
  expect(await trail('user.edited')).toHaveLength(1)
  expect([...(await sql`select details from audit_events where action = 'user.edited'`)]).toEqual([
    { details: { changes: [{ field: 'Name', from: ADA, to: 'Ada Lovelace' }] } },
  ])
})
