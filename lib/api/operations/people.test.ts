import { expect, test } from 'vitest'
import { alderApi } from '#lib/api/testing/alder'

const SCOPES = ['data:read', 'reports:read', 'tokens:read', 'tokens:write']

/** Alder with `as`, which calls as a token of its own, and `cli`, as a personal one of its admin. */
async function peopleApi() {
  const world = await alderApi()
  const { call, token, admin, writer } = world
  const personal = await token(admin, { organizationId: null, name: 'CLI', scopes: SCOPES })
  const as = (method: string, path: string, body?: object) =>
    call(writer.secret, method, `/api/v1${path}`, body && { body })
  const cli = (method: string, path: string, body?: object) =>
    call(personal.secret, method, `/api/v1${path}`, body && { body })
  return { ...world, as, cli, personal }
}

test('members are listed, changed and removed over HTTP, and the trail names the token', async () => {
  const { as, person, alder, admin, trail, writer } = await peopleApi()
  const { userId } = (await person(alder, 'viewer')).actor
  await as('POST', '/devices', { deviceId: 'meter-1', name: 'Meter 1' })
  const first = await as('GET', '/members?limit=1')
  const second = await as('GET', `/members?limit=1&cursor=${first.json.nextCursor}`)
  expect([first.json.data[0].userId, second.json.data[0].userId]).toEqual([admin.actor.userId, userId])
  expect(second.json.nextCursor).toBeNull()
  const changed = await as('PATCH', `/members/${userId}`, { role: 'member', resources: ['device:meter-1'] })
  expect(changed.json).toMatchObject({ role: 'member', resources: ['device:meter-1'], organizationId: alder.id })
  expect(await as('PATCH', `/members/${userId}`, { resources: ['device:meter-2'] })).toMatchObject({
    ...{ status: 422, json: { fields: { resources: expect.stringMatching(/meter-2/) } } },
  })
  expect(await as('PATCH', `/members/${admin.actor.userId}`, { role: 'viewer' })).toMatchObject({
    ...{ status: 409, json: { code: 'last_admin' } },
  })
  expect((await as('DELETE', `/members/${userId}`)).status).toBe(204)
  expect((await as('GET', `/members/${userId}`)).status).toBe(404)
  expect(await as('GET', `/members?cursor=${Buffer.from(userId).toString('base64url')}`)).toMatchObject({
    ...{ status: 422, json: { fields: { cursor: expect.stringMatching(/first page/) } } },
  })
  const events = (await trail(userId)).filter(({ details }) => details.byToken === writer.id)
  expect(events.map(({ action, actor_name: name }) => [action, name])).toEqual([
    ['member.changed', 'Token Writer'],
    ['member.removed', 'Token Writer'],
  ])
})

test('a token gives nobody a role that may do more than it may itself', async () => {
  const { call, token, admin, alder, person, sql } = await peopleApi()
  await sql`insert into devices (organization_id, id, name, name_key, created_at) values (${alder.id}, 'meter-1', 'M', 'm', now())`
  const { userId } = (await person(alder, 'viewer')).actor
  const at = { organizationId: alder.id }
  const narrow = await token(admin, { ...at, name: 'Narrow', scopes: SCOPES, devices: ['meter-1'] })
  const few = await token(admin, { ...at, name: 'Few', scopes: ['tokens:write'] })
  const change = (by: typeof narrow, body: object) => call(by.secret, 'PATCH', `/api/v1/members/${userId}`, { body })
  expect(await change(few, { role: 'admin' })).toMatchObject({
    status: 422,
    json: { fields: { role: expect.stringMatching(/data:read/) } },
  })
  expect(await change(narrow, { role: 'admin' })).toMatchObject({
    status: 422,
    json: { fields: { resources: expect.stringMatching(/narrowed/) } },
  })
  expect((await change(narrow, { role: 'member', resources: ['device:meter-1'] })).status).toBe(200)
  const below = await call(few.secret, 'POST', '/api/v1/invitations', {
    body: { email: 'a@example.com', role: 'viewer' },
  })
  expect(below).toMatchObject({ status: 403, json: { code: 'forbidden' } })
})

test('somebody is invited in the name of whom a personal token stands for, and no answer holds the link', async () => {
  const { as, cli, admin, sql, alder, personal, northwind, token, person, call, pass } = await peopleApi()
  const made = await cli('POST', '/invitations', { email: 'new@example.com', role: 'viewer' })
  expect(made).toMatchObject({ status: 201, json: { state: 'unsent', invitedBy: admin.actor.email, expiresAt: null } })
  const [row] = await sql`select link_digest, approved_at from invitations where email = 'new@example.com'`
  expect(row).toMatchObject({ link_digest: null, approved_at: expect.any(Date) })
  expect(JSON.stringify(made.json)).not.toMatch(/link"/i)
  expect(await cli('POST', '/invitations', { email: 'NEW@example.com', role: 'viewer' })).toMatchObject({
    ...{ status: 409, json: { code: 'already_invited', fields: { email: expect.any(String) } } },
  })
  pass(1_000)
  const above = await token(await person(northwind, 'admin'), { organizationId: null, name: 'Above', scopes: SCOPES })
  const later = { organization: 'alder', email: 'later@example.com', role: 'admin' }
  expect((await call(above.secret, 'POST', '/api/v1/invitations', { body: later })).json).toMatchObject({
    ...{ state: 'approval', invitedFrom: 'Northwind' },
  })
  const list = await as('GET', '/invitations?limit=1')
  expect(list.json.data).toMatchObject([{ email: 'new@example.com' }])
  const rest = await as('GET', `/invitations?limit=1&cursor=${list.json.nextCursor}`)
  expect(rest.json).toMatchObject({ data: [{ email: 'later@example.com' }], nextCursor: null })
  expect((await as('DELETE', `/invitations/${made.json.invitationId}`)).status).toBe(204)
  expect((await as('DELETE', `/invitations/${made.json.invitationId}`)).json.code).toBe('link_used')
  for (const id of ['nothing', alder.id]) expect((await as('DELETE', `/invitations/${id}`)).status).toBe(404)
  const events =
    await sql`select action, details from audit_events where target_id = ${made.json.invitationId} order by id`
  expect(events).toMatchObject([
    { action: 'member.invited', details: { byToken: personal.id } },
    { action: 'invitation.withdrawn' },
  ])
})
