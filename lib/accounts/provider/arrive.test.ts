import { expect, test } from 'vitest'
import { deleteEndedJourneys } from '#db/queries/used-journeys'
import { holdAtGate } from '#db/testing/gate'
import { arrive } from '#lib/accounts/provider/arrive'
import { type Does, newIntent } from '#lib/accounts/provider/intent'
import { unlinkLogin, waysIn } from '#lib/accounts/provider/own-login'
import { setPassword } from '#lib/accounts/set-password'
import { HOME, PASSWORD, peopleWorld } from '#lib/accounts/testing/people'
import { inviteMember } from '#lib/invitations/invite'

const ADA = 'ada@alder.example'
const ISSUER = 'https://login.example.com/'
const provider = { name: 'Example ID', issuer: 'https://login.example.com', clientId: 'desk', clientSecret: 's' }
const MINUTE = 60_000

async function providerWorld() {
  const world = await peopleWorld({ connections: 2 })
  const { db, clock, sql, alder } = world
  const { id: userId } = await world.register(ADA)
  const begin = (does: Does, next = '/') => newIntent(does, next, { state: 's', now: clock() })
  /** Comes back from the provider as somebody; what is said of them beyond that may be anything. */
  const come = async (
    intent: ReturnType<typeof begin>,
    subject: string,
    more: { session?: { id: string; userId: string }; authTime?: number | null; name?: string } = {},
  ) => {
    const { session = null, authTime = Math.floor(clock().getTime() / 1000), name = null } = more
    const from = { db, clock, ip: HOME, userAgent: 'test', intent, session, way: provider.name }
    return arrive(from, { issuer: ISSUER, subject, authTime, name })
  }
  const signedIn = async () => {
    const ctx = await world.enter(ADA)
    return { ctx, session: { id: ctx.sessionId, userId }, whose: { sessionId: ctx.sessionId, userId } }
  }
  const link = async (subject: string) => {
    const { ctx, session, whose } = await signedIn()
    expect(await come(begin({ kind: 'link', ...whose }, '/account'), subject, { session })).toEqual({
      to: '/account?provider=linked',
    })
    return { ctx, session, whose }
  }
  const invite = async (email: string, place = alder) => {
    const admin = await world.person(place, 'admin')
    const input = { organizationId: place.id, email, role: 'viewer' as const }
    const { link: given } = await inviteMember({ ...admin, post: null }, input)
    if (given === null) throw new Error('there is no link')
    return given
  }
  const logins = async () =>
    (await sql`select l.subject, u.email from logins l join users u on u.id = l.user_id order by 1`).map((row) => ({
      ...row,
    }))
  return { ...world, userId, begin, come, signedIn, link, invite, logins }
}

test('a login that nobody linked is refused, whatever e-mail address it has, and leaves nothing', async () => {
  const { begin, come, logins, sql } = await providerWorld()
  expect(await come(begin({ kind: 'sign-in' }), ADA, { name: ADA })).toEqual({ to: '/sign-in?provider=unknown' })
  expect(await logins()).toEqual([])
  expect(await sql`select 1 from used_journeys`).toHaveLength(0)
  expect(await sql`select 1 from sessions`).toHaveLength(0)
})

test('what was linked in a session signs in to that account, in a session of its own that the trail tells of', async () => {
  const { begin, come, link, resume, logins, sql, userId } = await providerWorld()
  const { ctx } = await link('sub-1')
  expect(await logins()).toEqual([{ subject: 'sub-1', email: ADA }])
  const arrived = await come(begin({ kind: 'sign-in' }, '/o/alder/tokens'), 'sub-1')
  expect(arrived.to).toBe('/o/alder/tokens')
  expect(arrived.sessionId).not.toBe(ctx.sessionId)
  expect((await resume(arrived.sessionId ?? ''))?.actor.userId).toBe(userId)
  const trail = await sql`select action, details->>'way' as way from audit_events
    where target_id = ${userId} and action like 'user.%' order by id desc limit 2`
  expect(trail.map((row) => ({ ...row }))).toEqual([
    { action: 'user.signed_in', way: 'Example ID' },
    { action: 'user.login_linked', way: 'Example ID' },
  ])
})

test('a sign-in that the provider remembered confirms nothing, so that nothing is linked by its session', async () => {
  const { begin, come, link, logins, resume, clock, userId } = await providerWorld()
  await link('sub-1')
  const enter = async (authTime: number | null) =>
    (await resume((await come(begin({ kind: 'sign-in' }), 'sub-1', { authTime })).sessionId ?? ''))?.actor.confirmedAt
  const now = Math.floor(clock().getTime() / 1000)
  expect(await enter(now)).toEqual(clock())
  for (const authTime of [null, now - 60]) expect(await enter(authTime)).toBeNull()

  const { sessionId = '' } = await come(begin({ kind: 'sign-in' }), 'sub-1', { authTime: null })
  const session = { id: sessionId, userId }
  expect(await come(begin({ kind: 'link', sessionId, userId }), 'sub-2', { session })).toEqual({
    to: '/?provider=lapsed',
  })
  expect(await logins()).toHaveLength(1)
})

test('an intent is acted on once, also by two at the same moment', async () => {
  const { begin, come, db, link, sql, url } = await providerWorld()
  await link('sub-1')
  const intent = begin({ kind: 'sign-in' })
  const both = await holdAtGate(url, 'used_journeys', 2, () => [come(intent, 'sub-1'), come(intent, 'sub-1')])
  const expired = { status: 'fulfilled', value: { to: '/sign-in?provider=expired' } }
  const begun = { status: 'fulfilled', value: { to: '/', sessionId: expect.any(String) } }
  expect(both).toHaveLength(2)
  expect(both).toEqual(expect.arrayContaining([begun, expired]))
  expect(await come(intent, 'sub-1')).toEqual({ to: '/sign-in?provider=expired' })
  // That is forgotten once nobody could come with it any more.
  const kept = async (minutes: number) => {
    await deleteEndedJourneys(db, new Date(intent.begunAt.getTime() + minutes * MINUTE))
    return (await sql`select 1 from used_journeys`).length
  }
  expect([await kept(16), await kept(30)]).toEqual([2, 0])
  expect(
    await sql`select 1 from audit_events where details->>'way' is not null and action = 'user.signed_in'`,
  ).toHaveLength(1)
})

test('whoever is invited gets an account by the provider, with the invited e-mail address and without a password', async () => {
  const { begin, come, invite, logins, sql } = await providerWorld()
  const does = { kind: 'accept', link: await invite('Bea@alder.example') } as const
  const arrived = await come(begin(does), 'sub-2', { name: 'Bea\u202e' })
  expect(arrived).toMatchObject({ to: '/', sessionId: expect.any(String) })
  expect(await logins()).toEqual([{ subject: 'sub-2', email: 'Bea@alder.example' }])
  const [bea] = await sql`select u.name, u.password_hash, m.role from users u join memberships m on m.user_id = u.id
    where u.email_key = 'bea@alder.example'`
  expect(bea).toMatchObject({ name: 'Bea', password_hash: null, role: 'viewer' })
  expect(await come(begin(does), 'sub-3')).toEqual({ to: '/invite?provider=not-accepted' })
})

test('no account is made by a provider that does not say that it asked just now: nobody could confirm by it', async () => {
  const { begin, come, invite, clock, sql } = await providerWorld()
  const does = { kind: 'accept', link: await invite('bea@alder.example') } as const
  for (const authTime of [null, Math.floor(clock().getTime() / 1000) - 60])
    expect(await come(begin(does), 'sub-2', { authTime })).toEqual({ to: '/invite?provider=not-asked' })
  expect(await sql`select 1 from users where email_key = 'bea@alder.example'`).toHaveLength(0)
  expect((await come(begin(does), 'sub-2')).sessionId).toBeDefined()
})

test('of two who accept for one address at once, one gets the account and the other is told of it', async () => {
  const { begin, come, invite, northwind, url } = await providerWorld()
  const links = [await invite('bea@alder.example'), await invite('bea@alder.example', northwind)]
  const both = await holdAtGate(url, 'users', 2, () =>
    links.map((link, n) => come(begin({ kind: 'accept', link }), `sub-${n}`)),
  )
  expect(both).toEqual(
    expect.arrayContaining([
      { status: 'fulfilled', value: { to: '/', sessionId: expect.any(String) } },
      { status: 'fulfilled', value: { to: '/invite?provider=account-exists' } },
    ]),
  )
})

test('whatever the provider calls them, nobody gets a name that people could not have chosen', async () => {
  const { begin, come, invite, sql } = await providerWorld()
  const named = async (email: string, name: string) => {
    await come(begin({ kind: 'accept', link: await invite(email) }), email, { name })
    return (await sql`select name from users where email = ${email}`)[0]?.['name']
  }
  const long = `${'l'.repeat(60)}.${'m'.repeat(60)}.${'n'.repeat(58)}@alder.example`
  expect(await named(long, '\u202e')).toBe(long.slice(0, 100))
  expect(await named('zoe@alder.example', `  ${'\u{1f600}'.repeat(180)}`)).toBe('\u{1f600}'.repeat(100))
})

test('an invitation to an address that has an account links nothing to it, whoever comes', async () => {
  const { begin, come, invite, link, logins, userId, resume, northwind } = await providerWorld()
  const does = { kind: 'accept', link: await invite(ADA.toUpperCase(), northwind) } as const
  expect(await come(begin(does), 'sub-2', { name: ADA })).toEqual({ to: '/invite?provider=account-exists' })
  expect(await logins()).toEqual([])
  await link('sub-1')
  const { to, sessionId } = await come(begin(does), 'sub-1')
  // Joined by a press of their own.
  expect(to).toBe('/invite')
  expect((await resume(sessionId ?? ''))?.actor.userId).toBe(userId)
})

test('nobody takes a login that is another’s, and one that is linked already stays as it is', async () => {
  const { begin, come, link, logins, register, enter } = await providerWorld()
  const { session, whose } = await link('sub-1')
  expect(await come(begin({ kind: 'link', ...whose }), 'sub-1', { session })).toEqual({ to: '/?provider=linked' })
  const eve = await register('eve@alder.example')
  const { sessionId } = await enter('eve@alder.example')
  const theirs = { session: { id: sessionId, userId: eve.id } }
  expect(await come(begin({ kind: 'link', sessionId, userId: eve.id }), 'sub-1', theirs)).toEqual({
    to: '/?provider=taken',
  })
  expect(await logins()).toEqual([{ subject: 'sub-1', email: ADA }])
})

test('an account has one login at a provider, whoever comes with another', async () => {
  const { begin, come, link, logins } = await providerWorld()
  const { session, whose } = await link('sub-1')
  const again = (subject: string) => come(begin({ kind: 'link', ...whose }), subject, { session })
  expect(await again('sub-2')).toEqual({ to: '/?provider=has-another' })
  expect(await logins()).toEqual([{ subject: 'sub-1', email: ADA }])

  const other = await providerWorld()
  const { session: theirs, whose: their } = await other.signedIn()
  const both = await holdAtGate(other.url, 'used_journeys', 2, () =>
    ['sub-1', 'sub-2'].map((subject) =>
      other.come(other.begin({ kind: 'link', ...their }), subject, { session: theirs }),
    ),
  )
  expect(both.map((one) => one.status === 'fulfilled' && one.value)).toEqual(
    expect.arrayContaining([{ to: '/?provider=linked' }, { to: '/?provider=has-another' }]),
  )
  expect(await other.logins()).toHaveLength(1)
})

test('only who signed in there just now is linked, to a session that stands and is confirmed at that moment', async () => {
  const { begin, come, signedIn, logins, pass, clock, sql } = await providerWorld()
  const { session, whose } = await signedIn()
  const link = (authTime: number | null = Math.floor(clock().getTime() / 1000)) =>
    come(begin({ kind: 'link', ...whose }), 'sub-1', { session, authTime })
  for (const authTime of [null, Math.floor(clock().getTime() / 1000) - 60])
    expect(await link(authTime)).toEqual({ to: '/?provider=stale' })
  pass(10 * MINUTE)
  expect(await link()).toEqual({ to: '/?provider=lapsed' })
  pass(-10 * MINUTE)
  // It stood when the browser came back, and was ended while that was looked at.
  await sql`delete from sessions where id = ${whose.sessionId}`
  expect(await link()).toEqual({ to: '/?provider=other-session' })
  expect(await logins()).toEqual([])
})

test('the linked login confirms the session that asked, and nothing else does', async () => {
  const { begin, come, link, pass, resume, clock } = await providerWorld()
  const { session, whose, ctx } = await link('sub-1')
  pass(11 * MINUTE)
  const page = '/o/alder/tokens?status=active'
  const confirm = () => begin({ kind: 'confirm', ...whose }, page)
  const stands = async () => (await resume(session.id))?.actor.confirmedAt
  const old = Math.floor(clock().getTime() / 1000) - 600
  for (const [code, subject, more] of [
    ['stale', 'sub-1', { session, authTime: old }],
    ['stale', 'sub-1', { session, authTime: null }],
    ['other-login', 'sub-2', { session }],
    ['other-session', 'sub-1', {}],
  ] as const)
    expect(await come(confirm(), subject, more)).toEqual({ to: `${page}&provider=${code}` })
  expect(await stands()).toEqual(ctx.actor.confirmedAt)
  expect(await come(confirm(), 'sub-1', { session })).toEqual({ to: `${page}&provider=confirmed` })
  expect(await stands()).toEqual(clock())
})

test('unlinking asks who it is, leaves nobody without a way in, and ends that way', async () => {
  const { begin, come, link, pass, resume, invite, logins, clock } = await providerWorld()
  const { ctx } = await link('sub-1')
  pass(11 * MINUTE)
  await expect(unlinkLogin(ctx, provider)).rejects.toMatchObject({ code: 'confirmation_required' })
  pass(-11 * MINUTE)
  await unlinkLogin(ctx, provider)
  expect(await logins()).toEqual([])
  expect(await come(begin({ kind: 'sign-in' }), 'sub-1')).toEqual({ to: '/sign-in?provider=unknown' })
  await expect(unlinkLogin(ctx, provider)).rejects.toMatchObject({ code: 'not_found' })

  const accepted = await come(begin({ kind: 'accept', link: await invite('bea@alder.example') }), 'sub-2')
  const bea = await resume(accepted.sessionId ?? '')
  if (bea === null) throw new Error('bea is not signed in')
  await expect(unlinkLogin(bea, provider)).rejects.toMatchObject({ code: 'forbidden' })
  expect(await waysIn(bea, provider)).toEqual({ password: false, loginSince: clock() })
  // The provider was taken away, or is another by now: no way in is left, and nobody says that there is one.
  const none = { password: false, loginSince: null }
  expect(await waysIn(bea, undefined)).toEqual(none)
  expect(await waysIn(bea, { ...provider, issuer: 'https://another.example.com' })).toEqual(none)
  await setPassword(bea, { password: PASSWORD })
  await expect(setPassword(bea, { password: PASSWORD })).rejects.toMatchObject({ code: 'forbidden' })
  await unlinkLogin(bea, provider)
  expect(await waysIn(bea, provider)).toEqual({ password: true, loginSince: null })
})

test('a login that is unlinked while somebody comes back with it opens nothing', async () => {
  const { begin, come, link, sql, userId } = await providerWorld()
  await link('sub-1')
  const { coming } = await sql.begin(async (tx) => {
    await tx`select from users where id = ${userId} for update`
    await tx`delete from logins`
    const coming = come(begin({ kind: 'sign-in' }), 'sub-1')
    for (let waits = false; !waits; ) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      const [row] = await tx`select exists (select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock') as waits`
      waits = row?.['waits'] === true
    }
    return { coming }
  })
  expect(await coming).toEqual({ to: '/sign-in?provider=unknown' })
})
