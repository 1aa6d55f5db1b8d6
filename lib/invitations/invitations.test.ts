import { expect, test } from 'vitest'
import { holdAtGate } from '#db/testing/gate'
import { acceptInvitation } from '#lib/invitations/accept'
import { approveInvitation } from '#lib/invitations/approve'
import { inviteMember } from '#lib/invitations/invite'
import { joinByInvitation } from '#lib/invitations/join'
import { listInvitations } from '#lib/invitations/list'
import { openInvitation } from '#lib/invitations/open'
import { resendInvitation } from '#lib/invitations/resend'
import { invitingWorld } from '#lib/invitations/testing'
import { withdrawInvitation } from '#lib/invitations/withdraw'
import { listMembers } from '#lib/members/list'

const HOUR = 3_600_000
const ADA = { email: 'Ada@alder.example', role: 'member' as const }
const TYPED = { name: 'Ada', password: 'correct horse battery' }

const given = ({ link }: { link: string | null }): string => {
  if (link === null) throw new Error('there is no link')
  return link
}

test('whoever accepts becomes a member as invited, with a personal token, and it is known who invited them', async () => {
  const { alder, alderAdmin, from, sql } = await invitingWorld()
  const invited = await inviteMember(alderAdmin, { organizationId: alder.id, ...ADA })
  expect(invited).toMatchObject({ became: 'link' })
  expect(given(invited)).toMatch(/^[\w-]{22}$/)
  expect(await openInvitation(from, { link: given(invited) })).toMatchObject({
    organizationName: 'Alder',
    email: ADA.email,
    role: 'member',
    invitedBy: { email: alderAdmin.actor.email },
    fromAbove: null,
  })
  await acceptInvitation(from, { link: given(invited), ...TYPED })
  const [member] = await sql`select u.name, u.email, m.role, m.invited_by, t.name as token, t.scopes
    from users u join memberships m on m.user_id = u.id join tokens t on t.user_id = u.id
    where u.email_key = 'ada@alder.example'`
  expect(member).toMatchObject({
    ...{ name: 'Ada', email: ADA.email, role: 'member', invited_by: alderAdmin.actor.userId },
    ...{ token: 'Personal', scopes: null },
  })
  expect((await listInvitations(alderAdmin, alder)).invitations).toEqual([])
  const trail = await sql`select action, details->>'role' as role from audit_events
    where action like 'member.%' order by id`
  expect(trail.map((row) => ({ ...row }))).toEqual([
    { action: 'member.invited', role: 'member' },
    { action: 'member.joined', role: 'member' },
  ])
})

test('an invitation ends with the right of whoever sent it: nobody comes back by one that they left behind', async () => {
  const { alder, alderAdmin, from, sql } = await invitingWorld()
  const link = given(await inviteMember(alderAdmin, { organizationId: alder.id, ...ADA, role: 'admin' }))
  await sql`delete from memberships where user_id = ${alderAdmin.actor.userId}`
  for (const tried of [() => openInvitation(from, { link }), () => acceptInvitation(from, { link, ...TYPED })])
    await expect(tried()).rejects.toMatchObject({ code: 'link_used' })
})

test('the database holds nothing from which a link could be told', async () => {
  const { alder, alderAdmin, sql } = await invitingWorld()
  const link = given(await inviteMember(alderAdmin, { organizationId: alder.id, ...ADA }))
  const [row] = await sql`select to_jsonb(i)::text as text, octet_length(link_digest) as length from invitations i`
  expect(row?.['length']).toBe(32)
  expect(row?.['text']).not.toContain(link)
  expect(row?.['text']).not.toContain(Buffer.from(link, 'base64url').toString('hex'))
})

test('a link works once, also for two at the same moment', async () => {
  const { alder, alderAdmin, from, url, sql } = await invitingWorld()
  const link = given(await inviteMember(alderAdmin, { organizationId: alder.id, ...ADA }))
  const outcomes = await holdAtGate(url, 'users', 1, () => [1, 2].map(() => acceptInvitation(from, { link, ...TYPED })))
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await expect(acceptInvitation(from, { link, ...TYPED })).rejects.toMatchObject({
    code: 'link_used',
    message: 'This invitation was accepted already. Sign in.',
  })
  expect((await sql`select count(*)::int as n from users where email_key = 'ada@alder.example'`)[0]?.['n']).toBe(1)
})

test('a link works for 72 hours and not a moment longer, and a new one for 72 more', async () => {
  const { alder, alderAdmin, from, pass } = await invitingWorld()
  const first = await inviteMember(alderAdmin, { organizationId: alder.id, ...ADA })
  pass(72 * HOUR - 1)
  await openInvitation(from, { link: given(first) })
  pass(1)
  await expect(openInvitation(from, { link: given(first) })).rejects.toMatchObject({
    code: 'link_used',
    message: `This invitation has run out. Ask ${alderAdmin.actor.email} (${alderAdmin.actor.email}) for a new one.`,
  })
  expect((await listInvitations(alderAdmin, alder)).invitations).toMatchObject([{ state: 'run-out', mayResend: true }])
  const second = await resendInvitation(alderAdmin, { invitationId: first.id })
  pass(72 * HOUR - 1)
  await openInvitation(from, { link: given(second) })
})

test('sent again, only the newest link works', async () => {
  const { alder, alderAdmin, from } = await invitingWorld()
  const first = await inviteMember(alderAdmin, { organizationId: alder.id, ...ADA })
  const second = await resendInvitation(alderAdmin, { invitationId: first.id })
  await expect(acceptInvitation(from, { link: given(first), ...TYPED })).rejects.toMatchObject({ code: 'link_used' })
  await acceptInvitation(from, { link: given(second), ...TYPED })
})

test('a withdrawn invitation lets nobody in, and the address can be invited again', async () => {
  const { alder, alderAdmin, from } = await invitingWorld()
  const first = await inviteMember(alderAdmin, { organizationId: alder.id, ...ADA })
  await withdrawInvitation(alderAdmin, { invitationId: first.id })
  await expect(acceptInvitation(from, { link: given(first), ...TYPED })).rejects.toMatchObject({
    code: 'link_used',
    message: expect.stringContaining('was withdrawn'),
  })
  for (const verb of [resendInvitation, withdrawInvitation])
    await expect(verb(alderAdmin, { invitationId: first.id })).rejects.toMatchObject({ code: 'link_used' })
  await inviteMember(alderAdmin, { organizationId: alder.id, ...ADA })
})

test('an address has one open invitation to an organization, however it is written; a run out one gives way', async () => {
  const { alder, northwind, alderAdmin, northwindAdmin, pass } = await invitingWorld()
  await inviteMember(alderAdmin, { organizationId: alder.id, ...ADA })
  const again = { organizationId: alder.id, email: 'ADA@alder.example', role: 'admin' as const }
  await expect(inviteMember(alderAdmin, again)).rejects.toMatchObject({
    code: 'already_invited',
    fields: { email: expect.any(String) },
  })
  await inviteMember(northwindAdmin, { ...again, organizationId: northwind.id })
  pass(72 * HOUR)
  await inviteMember(alderAdmin, again)
  expect((await listInvitations(alderAdmin, alder)).invitations).toMatchObject([{ role: 'admin', state: 'sent' }])
})

test('a member is not invited again', async () => {
  const { alder, alderAdmin, person } = await invitingWorld()
  const { actor } = await person(alder, 'viewer')
  await expect(
    inviteMember(alderAdmin, { organizationId: alder.id, email: actor.email.toUpperCase(), role: 'admin' }),
  ).rejects.toMatchObject({ code: 'already_member' })
})

test('members, viewers and strangers neither invite nor see, approve, resend or withdraw invitations', async () => {
  const { alder, alderAdmin, northwind, person, inviting, organization } = await invitingWorld()
  const { id: invitationId } = await inviteMember(alderAdmin, { organizationId: alder.id, ...ADA })
  const beside = await organization('Birch', northwind, 'customer')
  const tries = [
    ['forbidden', await person(alder, 'member')],
    ['forbidden', await person(alder, 'viewer')],
    ['not_found', await person(beside, 'admin')],
    ['not_found', await person(northwind, 'member')],
  ] as const
  for (const [code, ctx] of tries) {
    const who = inviting(ctx)
    const bob = { organizationId: alder.id, email: 'bob@alder.example', role: 'viewer' as const }
    await expect(inviteMember(who, bob)).rejects.toMatchObject({ code })
    await expect(listInvitations(who, alder)).rejects.toMatchObject({ code: 'not_found' })
    for (const verb of [approveInvitation, resendInvitation, withdrawInvitation])
      await expect(verb(who, { invitationId })).rejects.toMatchObject({ code: 'not_found' })
  }
})

test('the first admin is invited from above at once, while there is none; what comes later waits for one', async () => {
  const { northwind, northwindAdmin, organization, from, person, inviting, sql, pass } = await invitingWorld()
  const birch = await organization('Birch', northwind, 'customer')
  const to = (email: string, role: 'admin' | 'member') => {
    pass(1)
    return inviteMember(northwindAdmin, { organizationId: birch.id, email, role })
  }
  const early = await to('member@birch.example', 'member')
  expect(early).toMatchObject({ became: 'waiting', link: null })
  const first = await to('first@birch.example', 'admin')
  const rival = await to('rival@birch.example', 'admin')
  await acceptInvitation(from, { link: given(first), ...TYPED })

  const later = await to('later@birch.example', 'admin')
  expect(later).toMatchObject({ became: 'waiting', link: null })
  // One that went out while there was none does not slip in behind the first.
  await expect(acceptInvitation(from, { link: given(rival), ...TYPED })).rejects.toMatchObject({ code: 'not_approved' })
  for (const { id } of [later, rival]) {
    await expect(approveInvitation(northwindAdmin, { invitationId: id })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(resendInvitation(northwindAdmin, { invitationId: id })).rejects.toMatchObject({
      code: 'not_approved',
    })
  }

  const admin = inviting(await person(birch, 'admin'))
  const seen = (await listInvitations(admin, birch)).invitations
  expect(seen.map(({ email, state, mayApprove, fromAbove }) => ({ email, state, mayApprove, fromAbove }))).toEqual(
    ['member@birch.example', 'rival@birch.example', 'later@birch.example'].map((email) => ({
      email,
      state: 'approval',
      mayApprove: true,
      fromAbove: 'Northwind',
    })),
  )
  const approved = await approveInvitation(admin, { invitationId: later.id })
  await acceptInvitation(from, { link: given(approved), ...TYPED })
  await expect(approveInvitation(admin, { invitationId: later.id })).rejects.toMatchObject({ code: 'link_used' })
  const [row] =
    await sql`select approved_by, invited_by, accepted_by is not null as accepted from invitations where id = ${later.id}`
  expect(row).toMatchObject({
    approved_by: admin.actor.userId,
    invited_by: northwindAdmin.actor.userId,
    accepted: true,
  })
})

test('who stands above and is its admin too invites nobody in past another admin, and approves nothing', async () => {
  const { northwind, northwindAdmin, organization, from, person, join, inviting, context } = await invitingWorld()
  const birch = await organization('Birch', northwind, 'customer')
  const invite = (ctx: typeof northwindAdmin, name: string, role: 'admin' | 'member') =>
    inviteMember(ctx, { organizationId: birch.id, email: `${name}@birch.example`, role })
  // They take the link for the first admin themselves, and then are its only one.
  const first = await invite(northwindAdmin, 'first', 'admin')
  await joinByInvitation(northwindAdmin, { link: given(first), as: northwindAdmin.actor.email })
  const both = inviting(
    context({
      ...northwindAdmin.actor,
      memberships: [...northwindAdmin.actor.memberships, { organizationId: birch.id, role: 'admin' }],
    }),
  )
  expect(await listInvitations(both, birch)).toMatchObject({ standing: 'both', hasAdmin: false })
  const early = await invite(both, 'early', 'member')
  await acceptInvitation(from, { link: given(await invite(both, 'owner', 'admin')), ...TYPED })

  // From here on there is somebody to ask, also about what went out before, and whoever else stands above is nobody to ask.
  await expect(acceptInvitation(from, { link: given(early), ...TYPED })).rejects.toMatchObject({ code: 'not_approved' })
  const late = await invite(both, 'late', 'member')
  expect(late).toMatchObject({ became: 'waiting', link: null })
  const colleague = inviting(await join(await person(northwind, 'admin'), birch, 'admin'))
  for (const ctx of [both, colleague]) {
    await expect(approveInvitation(ctx, { invitationId: late.id })).rejects.toMatchObject({ code: 'forbidden' })
    const { standing, invitations } = await listInvitations(ctx, birch)
    expect({ standing, ways: invitations.filter((each) => each.mayApprove || each.mayResend) }).toEqual({
      standing: 'both',
      ways: [],
    })
  }

  const owner = inviting(await person(birch, 'admin'))
  const sent = await approveInvitation(owner, { invitationId: late.id })
  // Whoever sends it again sees its link.
  await expect(resendInvitation(both, { invitationId: late.id })).rejects.toMatchObject({ code: 'forbidden' })
  const others = await invite(owner, 'others', 'member')
  await expect(resendInvitation(both, { invitationId: others.id })).rejects.toMatchObject({ code: 'forbidden' })
  await acceptInvitation(from, { link: given(sent), ...TYPED })

  const { rows } = await listMembers(owner, birch, { q: '', after: null, before: null, at: null })
  const came = rows.map(({ email, invitedFrom, approvedBy }) => [email, invitedFrom, approvedBy])
  expect(came.toSorted()).toEqual(
    [
      [northwindAdmin.actor.email, 'Northwind', null],
      [colleague.actor.email, null, null],
      [owner.actor.email, null, null],
      ['owner@birch.example', 'Northwind', null],
      ['late@birch.example', 'Northwind', owner.actor.email],
    ].toSorted(),
  )
})

test('nobody approves what they sent themselves, whatever they have become since', async () => {
  const { alder, northwindAdmin, alderAdmin, join, sql, inviting } = await invitingWorld()
  const { id: invitationId } = await inviteMember(northwindAdmin, { organizationId: alder.id, ...ADA })
  await sql`delete from memberships where user_id = ${northwindAdmin.actor.userId}`
  const nobody = { ...northwindAdmin, actor: { ...northwindAdmin.actor, memberships: [] } }
  const moved = inviting(await join(nobody, alder, 'admin'))
  expect((await listInvitations(moved, alder)).invitations).toMatchObject([{ mayApprove: false }])
  await expect(approveInvitation(moved, { invitationId })).rejects.toMatchObject({ code: 'forbidden' })
  await approveInvitation(alderAdmin, { invitationId })
})

test('from above one may withdraw; what an admin of the organization sent is not theirs to send again', async () => {
  const { alder, alderAdmin, northwindAdmin } = await invitingWorld()
  const { id: invitationId } = await inviteMember(alderAdmin, { organizationId: alder.id, ...ADA })
  await expect(resendInvitation(northwindAdmin, { invitationId })).rejects.toMatchObject({ code: 'forbidden' })
  await withdrawInvitation(northwindAdmin, { invitationId })
})

test('nobody is invited to a suspended or closed organization or accepts there; withdrawing goes on', async () => {
  const { alder, alderAdmin, northwind, northwindAdmin, from, sql, organization } = await invitingWorld()
  const birch = await organization('Birch', northwind, 'customer')
  const waiting = await inviteMember(northwindAdmin, {
    organizationId: alder.id,
    email: 'w@alder.example',
    role: 'admin',
  })
  const sent = await inviteMember(alderAdmin, { organizationId: alder.id, ...ADA })
  await sql`update organizations set suspended_at = now() where id = ${northwind.id}`
  const bob = { email: 'bob@alder.example', role: 'admin' as const }
  const suspended = { code: 'organization_suspended' }
  await expect(inviteMember(alderAdmin, { organizationId: alder.id, ...bob })).rejects.toMatchObject(suspended)
  await expect(inviteMember(northwindAdmin, { organizationId: birch.id, ...bob })).rejects.toMatchObject(suspended)
  await expect(approveInvitation(alderAdmin, { invitationId: waiting.id })).rejects.toMatchObject(suspended)
  await expect(resendInvitation(alderAdmin, { invitationId: sent.id })).rejects.toMatchObject(suspended)
  await expect(acceptInvitation(from, { link: given(sent), ...TYPED })).rejects.toMatchObject(suspended)
  await withdrawInvitation(alderAdmin, { invitationId: waiting.id })

  await sql`update organizations set suspended_at = null, closed_at = now() where id = ${alder.id}`
  await sql`update organizations set suspended_at = null where id = ${northwind.id}`
  await expect(inviteMember(alderAdmin, { organizationId: alder.id, ...bob })).rejects.toMatchObject({
    code: 'not_found',
  })
  await expect(inviteMember(northwindAdmin, { organizationId: alder.id, ...bob })).rejects.toMatchObject({
    code: 'forbidden',
  })
  await expect(acceptInvitation(from, { link: given(sent), ...TYPED })).rejects.toMatchObject({ code: 'link_used' })
})

test('whoever has an account joins with it, whatever its address, and is told where they are a member already', async () => {
  const { alder, alderAdmin, northwind, person, from, sql } = await invitingWorld()
  const wanderer = await person(northwind, 'viewer')
  const as = wanderer.actor.email
  const link = given(await inviteMember(alderAdmin, { organizationId: alder.id, ...ADA }))
  await expect(joinByInvitation(wanderer, { link, as: ADA.email })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(joinByInvitation(alderAdmin, { link, as: alderAdmin.actor.email })).rejects.toMatchObject({
    code: 'already_member',
    message: 'You are a member of Alder already.',
  })
  expect(await joinByInvitation(wanderer, { link, as })).toEqual({ slug: 'alder' })
  await expect(joinByInvitation(await person(northwind, 'viewer'), { link, as })).rejects.toMatchObject({
    code: 'forbidden',
  })
  const [member] = await sql`select role, invited_by from memberships
    where user_id = ${wanderer.actor.userId} and organization_id = ${alder.id}`
  expect(member).toMatchObject({ role: 'member', invited_by: alderAdmin.actor.userId })

  const known = await inviteMember(alderAdmin, {
    ...{ organizationId: alder.id, email: (await person(northwind, 'viewer')).actor.email, role: 'viewer' as const },
  })
  await expect(acceptInvitation(from, { link: given(known), ...TYPED })).rejects.toMatchObject({
    code: 'account_exists',
  })
})

test('an invitation is narrowed to devices that are registered there, and that the inviter holds', async () => {
  const { alder, alderAdmin, from, sql } = await invitingWorld()
  for (const id of ['meter-1', 'meter-2'])
    await sql`insert into devices (organization_id, id, name, name_key, created_at) values (${alder.id}, ${id}, ${id}, ${id}, now())`
  const invite = (email: string, devices?: string[] | null) =>
    inviteMember(alderAdmin, { organizationId: alder.id, email, role: 'member', devices })
  await expect(invite('a@alder.example', ['meter-9'])).rejects.toMatchObject({ code: 'not_held' })
  const { link } = await invite('b@alder.example', ['meter-1'])
  await acceptInvitation(from, { link: link ?? '', ...TYPED })
  const [member] =
    await sql`select m.devices from memberships m join users u on u.id = m.user_id where u.email = 'b@alder.example'`
  expect(member?.['devices']).toEqual(['meter-1'])

  await sql`update memberships set devices = '{meter-2}' where user_id = ${alderAdmin.actor.userId}`
  for (const devices of [undefined, null, ['meter-1']])
    await expect(invite('c@alder.example', devices)).rejects.toMatchObject({ code: 'not_held' })
  await invite('c@alder.example', ['meter-2'])
})

test('listing takes two queries, however many there are', async () => {
  const { alder, alderAdmin, db } = await invitingWorld()
  let queries = 0
  const counting = new Proxy(db, {
    get(target, name) {
      if (name === 'select' || name === 'execute') queries += 1
      return Reflect.get(target, name)
    },
  })
  for (let n = 0; n < 12; n++)
    await inviteMember(alderAdmin, { organizationId: alder.id, email: `p${n}@alder.example`, role: 'viewer' })
  expect((await listInvitations({ ...alderAdmin, db: counting }, alder)).invitations).toHaveLength(12)
  expect(queries).toBe(2)
})
