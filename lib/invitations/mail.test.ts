import { expect, test, vi } from 'vitest'
import { backUp, openSql } from '#db/backup/testing'
import { filledDatabase } from '#db/testing/filled-database'
import { restoreAs } from '#lib/backup/testing'
import { acceptInvitation } from '#lib/invitations/accept'
import { inviteMember } from '#lib/invitations/invite'
import { listInvitations } from '#lib/invitations/list'
import { openInvitation } from '#lib/invitations/open'
import { resendInvitation } from '#lib/invitations/resend'
import { APP_URL, mailingWorld } from '#lib/invitations/testing'
import { withdrawInvitation } from '#lib/invitations/withdraw'
import { linkIn } from '#lib/mail/testing/smtp'
import { loadOrganization } from '#lib/organizations/load'
import { resumeCustomer } from '#lib/organizations/resume-customer'
import { suspendCustomer } from '#lib/organizations/suspend-customer'

const PATIENT = { timeout: 15_000, interval: 100 }
const ADA = { email: 'Ada@alder.example', role: 'member' as const }
const TYPED = { name: 'Ada', password: 'correct horse battery' }

test('an invitation reaches the invited by mail, with all that they need to know, and works once', async () => {
  const { alder, alderAdmin, mailing, smtp, from, sql } = await mailingWorld()
  const admin = mailing(alderAdmin)
  const invited = await inviteMember(admin, { organizationId: alder.id, ...ADA })
  expect(invited).toMatchObject({ became: 'mailed', link: null })
  await vi.waitFor(() => expect(smtp.mails).toHaveLength(1), PATIENT)
  const [mail] = smtp.mails
  if (mail === undefined) throw new Error('no mail')
  expect(mail).toMatchObject({ to: [ADA.email], from: 'desk@tokens.test', subject: 'Invitation to Alder' })
  for (const said of [mail.text, mail.html]) {
    expect(said).toContain(`${APP_URL}/invite#${linkIn(mail)}`)
    expect(said).toContain(`(${admin.actor.email}) invites you to Alder on Test platform, as a member.`)
    expect(said).toContain('until 25 Nov 2026, 12:00 UTC')
  }
  expect((await listInvitations(admin, alder)).invitations).toMatchObject([{ state: 'sent' }])
  await vi.waitFor(async () => expect(await sql`select from pgboss.job`).toHaveLength(0), PATIENT)
  await acceptInvitation(from, { link: linkIn(mail), ...TYPED })
  await expect(acceptInvitation(from, { link: linkIn(mail), ...TYPED })).rejects.toMatchObject({ code: 'link_used' })
})

test('a mail server that is down delays an invitation and loses none', async () => {
  const { alder, alderAdmin, mailing, smtp, from, lines, sql } = await mailingWorld()
  await smtp.down()
  const admin = mailing(alderAdmin)
  await inviteMember(admin, { organizationId: alder.id, ...ADA })
  await vi.waitFor(() => expect(lines.join('')).toContain('could not be sent and waits'), PATIENT)
  await vi.waitFor(
    async () => expect((await listInvitations(admin, alder)).invitations).toMatchObject([{ state: 'sending' }]),
    PATIENT,
  )
  expect(await sql`select from pgboss.job`).toHaveLength(1)
  await smtp.up()
  await vi.waitFor(() => expect(smtp.mails).toHaveLength(1), PATIENT)
  await openInvitation(from, { link: linkIn(smtp.mails[0] ?? { text: '' }) })
})

test('a mail server that refuses for a while gets it again, and what it said is kept nowhere', async () => {
  const { alder, alderAdmin, mailing, smtp, from, sql, lines } = await mailingWorld({ refuse: 2 })
  await inviteMember(mailing(alderAdmin), { organizationId: alder.id, ...ADA })
  await vi.waitFor(() => expect(smtp.refusalsLeft()).toBe(1), PATIENT)
  const job = async () => JSON.stringify(await sql`select to_jsonb(j)::text as job from pgboss.job j`)
  await vi.waitFor(async () => expect(await job()).toContain('did not take it'), PATIENT)
  expect(await job()).not.toMatch(/try later|tokens\.test|alder\.example|invite#/)
  await vi.waitFor(() => expect(smtp.mails).toHaveLength(1), PATIENT)
  await openInvitation(from, { link: linkIn(smtp.mails[0] ?? { text: '' }) })
  expect(lines.join('')).not.toMatch(/try later|invite#|alder\.example/)
})

test('a mail that a suspension holds back goes out when it ends, also below, and not while another lasts', async () => {
  const { alder, northwind, platform, alderAdmin, person, mailing, smtp, stop, open, from, sql } = await mailingWorld()
  const root = mailing(await person(platform, 'admin'))
  const admin = mailing(alderAdmin)
  await stop()
  await inviteMember(admin, { organizationId: alder.id, ...ADA })
  await suspendCustomer(root, { organizationId: northwind.id })
  await suspendCustomer(root, { organizationId: alder.id })
  const close = await open()
  const worked = () => vi.waitFor(async () => expect(await sql`select from pgboss.job`).toHaveLength(0), PATIENT)
  await worked()
  const state = async () => {
    const held = await loadOrganization(root.db, alder.id)
    return held && (await listInvitations(admin, held)).invitations.map((each) => each.state)
  }
  expect(await state()).toEqual(['held'])
  await resumeCustomer(root, { organizationId: northwind.id })
  await worked()
  expect(smtp.mails).toEqual([])
  await resumeCustomer(root, { organizationId: alder.id })
  await vi.waitFor(() => expect(smtp.mails).toHaveLength(1), PATIENT)
  await openInvitation(from, { link: linkIn(smtp.mails[0] ?? { text: '' }) })
  expect(await state()).toEqual(['sent'])
  await close()
})

test('a mail that nobody had come to before a suspension goes out once when it ends', async () => {
  const { alder, northwind, platform, alderAdmin, person, mailing, smtp, stop, open, sql } = await mailingWorld()
  const root = mailing(await person(platform, 'admin'))
  await stop()
  for (const email of [ADA.email, 'bob@alder.example'])
    await inviteMember(mailing(alderAdmin), { organizationId: alder.id, email, role: 'viewer' })
  await suspendCustomer(root, { organizationId: northwind.id })
  await resumeCustomer(root, { organizationId: northwind.id })
  expect(await sql`select from pgboss.job`).toHaveLength(2)
  const close = await open()
  await vi.waitFor(async () => expect(await sql`select from pgboss.job`).toHaveLength(0), PATIENT)
  expect(smtp.mails.flatMap(({ to }) => to).toSorted()).toEqual([ADA.email, 'bob@alder.example'])
  await close()
})

test('nothing is mailed where the transaction is taken back', async () => {
  const { alder, alderAdmin, mailing, smtp, sql, db } = await mailingWorld()
  const { addInvitation } = await import('#lib/invitations/invite')
  const undo = new Error('taken back')
  await expect(
    db.transaction(async (tx) => {
      await addInvitation(tx, mailing(alderAdmin), alder, ADA)
      throw undo
    }),
  ).rejects.toBe(undo)
  expect(await sql`select from pgboss.job`).toHaveLength(0)
  await inviteMember(mailing(alderAdmin), { organizationId: alder.id, email: 'bob@alder.example', role: 'viewer' })
  await vi.waitFor(() => expect(smtp.mails).toHaveLength(1), PATIENT)
  expect(smtp.mails[0]?.to).toEqual(['bob@alder.example'])
})

test('sent again by mail, the first link is void at once; withdrawn, no mail goes out', async () => {
  const { alder, alderAdmin, mailing, smtp, from } = await mailingWorld()
  const admin = mailing(alderAdmin)
  const { id: invitationId } = await inviteMember(admin, { organizationId: alder.id, ...ADA })
  await vi.waitFor(() => expect(smtp.mails).toHaveLength(1), PATIENT)
  const first = linkIn(smtp.mails[0] ?? { text: '' })
  await smtp.down()
  await resendInvitation(admin, { invitationId })
  await expect(openInvitation(from, { link: first })).rejects.toMatchObject({ code: 'link_used' })
  await withdrawInvitation(admin, { invitationId })
  await smtp.up()
  await inviteMember(admin, { organizationId: alder.id, email: 'bob@alder.example', role: 'viewer' })
  await vi.waitFor(() => expect(smtp.mails).toHaveLength(2), PATIENT)
  expect(smtp.mails[1]?.to).toEqual(['bob@alder.example'])
})

test('an invitation whose job was lost, as by a restore, is mailed after the next start, once', async () => {
  const { alder, alderAdmin, mailing, smtp, sql, stop, open } = await mailingWorld()
  await stop()
  await inviteMember(mailing(alderAdmin), { organizationId: alder.id, ...ADA })
  await sql`delete from pgboss.job`
  await inviteMember(mailing(alderAdmin), { organizationId: alder.id, email: 'bob@alder.example', role: 'viewer' })
  const close = await open()
  await vi.waitFor(() => expect(smtp.mails).toHaveLength(2), PATIENT)
  await vi.waitFor(async () => expect(await sql`select from pgboss.job`).toHaveLength(0), PATIENT)
  expect(smtp.mails.flatMap(({ to }) => to).toSorted()).toEqual([ADA.email, 'bob@alder.example'])
  await close()
})

test('a backup leaves the queue out; restored over a database that has one, what was still to be mailed goes out', async () => {
  const { alder, alderAdmin, mailing, smtp, url, stop, open } = await mailingWorld()
  await stop()
  await inviteMember(mailing(alderAdmin), { organizationId: alder.id, ...ADA })
  const path = await backUp(url)
  const { url: other } = await filledDatabase()
  await (await open(other))()
  await openSql(other)`insert into pgboss.job (name, data)
    values ('mail', ${'{"kind":"invitation","invitationId":"00000000-0000-4000-8000-000000000000"}'}::text::jsonb)`
  const { restored } = await restoreAs(other, path, { replace: true })
  expect(restored).toMatchObject({ rows: { invitations: 1 } })
  const close = await open(other)
  await vi.waitFor(() => expect(smtp.mails.map(({ to }) => to)).toEqual([[ADA.email]]), PATIENT)
  await vi.waitFor(async () => expect(await openSql(other)`select from pgboss.job`).toHaveLength(0), PATIENT)
  await close()
})
