import { expect, test, vi } from 'vitest'
import { networkOf, resetKeys } from '#lib/accounts/failure-keys'
import { resetPassword } from '#lib/accounts/reset-password'
import { mailingPeople } from '#lib/accounts/testing/mailing'
import { PASSWORD } from '#lib/accounts/testing/people'
import { linkIn } from '#lib/mail/testing/smtp'

const ADA = 'ada@alder.example'
const NEW = 'a password to be'
const MINUTE = 60_000
const PATIENT = { timeout: 15_000, interval: 100 }

test('a link from a mail sets a new password once, ends every session, and lets in at once', async () => {
  const { register, enter, attempt, resume, ask, arrived, from, fill, sql } = await mailingPeople()
  await register(ADA)
  const session = await enter(ADA)
  await fill('account', 9, { email: ADA })
  await ask(ADA.toUpperCase())
  const mail = await arrived(1)
  expect(mail).toMatchObject({ to: [ADA], subject: 'Reset your password for Test platform' })
  expect(mail.text).toContain('until 22 Nov 2026, 13:00 UTC')
  const link = linkIn(mail)
  expect(JSON.stringify(await sql`select to_jsonb(l)::text as row from one_time_links l`)).not.toContain(link)
  expect(await resetPassword(from, { link, password: NEW })).toEqual({ email: ADA, unlinked: false })
  expect(await resume(session.sessionId)).toBeNull()
  await expect(resetPassword(from, { link, password: PASSWORD })).rejects.toMatchObject({ code: 'link_used' })
  expect(await attempt(ADA, PASSWORD, from.ip)).toBeNull()
  expect(await attempt(ADA, NEW, from.ip)).not.toBeNull()
  const trail =
    await sql`select action from audit_events where action like 'user.%reset' or action = 'user.sessions_ended'`
  expect(trail.map(({ action }) => action)).toEqual(['user.password_reset', 'user.sessions_ended'])
})

test('a link to reset works for an hour, and only the newest does', async () => {
  const { register, ask, arrived, from, pass } = await mailingPeople()
  await register(ADA)
  await ask(ADA)
  const first = linkIn(await arrived(1))
  await ask(ADA)
  const second = linkIn(await arrived(2))
  await expect(resetPassword(from, { link: first, password: NEW })).rejects.toMatchObject({ code: 'link_used' })
  pass(60 * MINUTE)
  await expect(resetPassword(from, { link: second, password: NEW })).rejects.toMatchObject({ code: 'link_used' })
})

test('an unknown address gets the same answer and no mail, and an account without a password a link to its first one', async () => {
  const { register, ask, arrived, sql, smtp, from, attempt } = await mailingPeople()
  await register('sso@alder.example')
  await sql`update users set password_hash = null where email = 'sso@alder.example'`
  expect(await ask('nobody@alder.example')).toBeUndefined()
  expect(await ask('sso@alder.example')).toBeUndefined()
  const mail = await arrived(1)
  await vi.waitFor(async () => expect(await sql`select from pgboss.job`).toHaveLength(0), PATIENT)
  expect(smtp.mails.map(({ to }) => to)).toEqual([['sso@alder.example']])
  expect(mail.subject).toBe('Set a password for Test platform')
  await resetPassword(from, { link: linkIn(mail), password: NEW })
  expect(await attempt('sso@alder.example', NEW, from.ip)).not.toBeNull()
})

test('a reset by mail unlinks every login at a provider, says so, and leaves those of others', async () => {
  const { register, ask, arrived, from, sql, clock } = await mailingPeople()
  const [ada, eve] = [await register(ADA), await register('eve@alder.example')]
  const [issuer, old] = ['https://login.example.com/', 'https://old.example.com/']
  await sql`insert into logins (issuer, subject, user_id, created_at) values
    (${issuer}, 'a', ${ada.id}, ${clock()}), (${old}, 'a', ${ada.id}, ${clock()}), (${issuer}, 'e', ${eve.id}, ${clock()})`
  await ask(ADA)
  const link = linkIn(await arrived(1))
  expect(await resetPassword(from, { link, password: NEW })).toEqual({ email: ADA, unlinked: true })
  expect([...(await sql`select user_id from logins`)]).toEqual([{ user_id: eve.id }])
  const trail = await sql`select details->>'way' as way from audit_events
    where action = 'user.login_unlinked' and target_id = ${ada.id} order by 1`
  expect(trail.map(({ way }) => way)).toEqual([issuer, old])
})

test('asked for again and again from everywhere, an address gets three mails in 15 minutes, and nobody is told', async () => {
  const { register, ask, arrived, sql, smtp, pass } = await mailingPeople()
  await register(ADA)
  for (let n = 0; n < 6; n++) expect(await ask(ADA, `203.0.113.${n}`)).toBeUndefined()
  await arrived(3)
  await vi.waitFor(async () => expect(await sql`select from pgboss.job`).toHaveLength(0), PATIENT)
  expect(smtp.mails).toHaveLength(3)
  pass(15 * MINUTE)
  await ask(ADA)
  await arrived(4)
})

test('a network asks 50 times in 15 minutes, whatever the addresses, and others have theirs', async () => {
  const { ask, pass } = await mailingPeople()
  for (let n = 0; n < 50; n++) await ask(`nobody-${n}@alder.example`)
  await expect(ask(ADA)).rejects.toMatchObject({ code: 'too_often', retryAfterSeconds: 15 * 60 })
  await ask(ADA, '203.0.113.9')
  pass(15 * MINUTE)
  await ask(ADA)
})

test('a flood from everywhere keeps nobody from a mail, and what goes to nobody waits nowhere', async () => {
  const { register, ask, arrived, sql, smtp, clock, pass, from } = await mailingPeople()
  await register(ADA)
  await register('bob@alder.example')
  const { all } = resetKeys('', networkOf(from.ip))
  await sql`insert into password_failures (key, count, ends_at)
    values (${all}, 1000, ${new Date(clock().getTime() + 15 * MINUTE)})`
  for (const ip of ['203.0.113.1', '203.0.113.2']) await ask(ADA, ip)
  await ask('bob@alder.example', '203.0.113.3')
  await arrived(2)
  await vi.waitFor(async () => expect(await sql`select from pgboss.job`).toHaveLength(0), PATIENT)
  expect(smtp.mails.map(({ to }) => to)).toEqual([[ADA], ['bob@alder.example']])
  pass(15 * MINUTE)
  for (const ip of ['203.0.113.1', '203.0.113.2']) await ask(ADA, ip)
  await arrived(4)
})

test('what is asked for an unknown address fills no queue', async () => {
  const { register, ask, sql, stop } = await mailingPeople()
  await stop()
  await register(ADA)
  for (let n = 0; n < 5; n++) await ask(`nobody-${n}@alder.example`)
  expect(await sql`select from pgboss.job`).toHaveLength(0)
  await ask(ADA)
  expect(await sql`select from pgboss.job`).toHaveLength(1)
})

test('resets and failed passwords are counted apart', async () => {
  const { register, ask, counts, from } = await mailingPeople()
  await register(ADA)
  await ask(ADA)
  expect(await counts(ADA, from.ip)).toEqual({ account: 0, network: 0, all: 0 })
})
