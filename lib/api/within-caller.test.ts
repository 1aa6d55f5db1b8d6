import { expect, test } from 'vitest'
import { authenticate } from '#lib/api/authenticate'
import { alderApi } from '#lib/api/testing/alder'
import type { AnyContext } from '#lib/context'
import { newRevealKey } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { editToken } from '#lib/tokens/edit'
import { revealToken } from '#lib/tokens/reveal'
import type { CreateTokenInput } from '#lib/tokens/schema'
import type { SecretString } from '#lib/tokens/secret'
import { DAY, refused } from '#lib/tokens/testing/desk'

const SCOPES = ['data:read', 'tokens:write']
const never = { kind: 'never' } as const

/** Alder with room for many tokens, two devices, and a token that calls, made as a test wants it. */
async function callers() {
  const world = await alderApi()
  const { api, call, token, admin, alder, sql, db, clock } = world
  await sql`update organizations set token_limit_override = 50 where id = ${alder.id}`
  for (const id of ['d1', 'd2'])
    await sql`insert into devices (organization_id, id, name, name_key, created_at) values (${alder.id}, ${id}, ${id}, ${id}, now())`
  const at = { organizationId: alder.id }
  const make = async (name: string, more: Partial<CreateTokenInput> = {}) =>
    (await createToken(admin, { ...at, name, scopes: [], expiration: never, ...more })).id
  const caller = async (more: Partial<CreateTokenInput>, ipRanges: string[] = []) => {
    const made = await token(admin, { ...at, name: 'Caller', scopes: SCOPES, expiration: never, ...more })
    await sql`update tokens set ip_ranges = ${ipRanges} where id = ${made.id}`
    return {
      ...made,
      create: (body: object) => call(made.secret, 'POST', '/api/v1/tokens', { body, key: newRevealKey() }),
      open: (id: string) => call(made.secret, 'POST', `/api/v1/tokens/${id}/reveal`, { key: newRevealKey() }),
      rotate: (id: string) =>
        call(made.secret, 'POST', `/api/v1/tokens/${id}/rotate`, { key: newRevealKey(), body: {} }),
      edit: (id: string, body: object) => call(made.secret, 'PATCH', `/api/v1/tokens/${id}`, { body }),
    }
  }
  /** Whoever presents the secret, as they were loaded now. */
  const actorOf = async (secret: SecretString): Promise<AnyContext> => {
    const headers = new Headers({ authorization: `Bearer ${secret.reveal()}`, 'x-forwarded-for': '192.0.2.7' })
    const actor = await authenticate(api, headers, { path: '/api/v1/tokens', scope: 'tokens:write' })
    if (typeof actor === 'string') throw new Error(actor)
    return { db, actor, clock, prefix: 'tok', sealKeys: [] }
  }
  return { ...world, at, make, caller, actorOf }
}

const notHeld = (field: string) => ({
  status: 422,
  json: { code: 'not_held', fields: { [field]: expect.any(String) } },
})

test('a token adds no scopes to one that has devices which it has not itself', async () => {
  const { make, caller } = await callers()
  const { edit } = await caller({ devices: ['d1'] })
  const [wide, near, far] = [
    await make('Wide'),
    await make('Near', { devices: ['d1'] }),
    await make('Far', { devices: ['d1', 'd2'] }),
  ]
  for (const id of [wide, far]) expect(await edit(id, { scope: 'data:read' })).toMatchObject(notHeld('resources'))
  expect(await edit(wide, { name: 'Renamed' })).toMatchObject({ status: 200 })
  expect(await edit(near, { scope: 'data:read' })).toMatchObject({ status: 200, json: { scope: 'data:read' } })
  const narrowed = await edit(far, { scope: 'data:read', resources: ['device:d1'] })
  expect(narrowed).toMatchObject({ status: 200, json: { resources: ['device:d1'] } })
})

test('a token with address ranges allows neither itself nor others further addresses, and what it makes has them', async () => {
  const { make, caller, admin, sql } = await callers()
  const own = ['192.0.2.0/24', '2001:db8::/32']
  const { id: itself, create, edit } = await caller({}, own)
  const other = await make('Other')
  await sql`update tokens set ip_ranges = '{198.51.100.0/24}' where id = ${other}`
  for (const id of [itself, other])
    for (const ipRanges of [[], ['0.0.0.0/0'], ['192.0.2.0/23'], ['192.0.2.7', '203.0.113.1'], ['2001:db8::/31']])
      expect(await edit(id, { ipRanges }), `${id === itself} ${ipRanges}`).toMatchObject(notHeld('ipRanges'))
  const within = ['198.51.100.7', '192.0.2.128/25', '2001:db8:1::/48']
  expect((await edit(other, { ipRanges: within })).json.ipRanges).toEqual(within)
  expect(await create({ name: 'Made' })).toMatchObject({ status: 201, json: { ipRanges: own } })
  expect((await editToken(admin, { tokenId: itself, ipRanges: [] })).ipRanges).toEqual([])
  expect(await create({ name: 'Made by no narrowed one' })).toMatchObject({ json: { ipRanges: [] } })
})

test('a token with address ranges opens no secret that is good from further addresses, and may rotate its own', async () => {
  const { make, caller, sql, admin } = await callers()
  const { id: itself, create, open, rotate } = await caller({}, ['192.0.2.0/24', '2001:db8::/32'])
  const refused = { status: 403, json: { code: 'forbidden' } }
  const [near, far] = [await make('Near'), await make('Far')]
  await sql`update tokens set ip_ranges = '{192.0.2.128/25, 2001:db8:1::/48}' where id = ${near}`
  for (const ranges of ['{}', '{0.0.0.0/0}', '{192.0.2.0/23}', '{192.0.2.7, 203.0.113.1}', '{::/0}']) {
    await sql`update tokens set ip_ranges = ${ranges} where id = ${far}`
    expect(await open(far), ranges).toMatchObject(refused)
  }
  expect(await open(near)).toMatchObject({ status: 200, json: { secret: expect.any(String) } })
  const made = (await create({ name: 'Made', reveal: false })).json
  expect(await open(made.tokenId)).toMatchObject({ status: 200 })
  await revealToken(admin, { tokenId: far, key: newRevealKey() })
  // Rotated for whoever may open it, and not opened.
  const rotated = await rotate(far)
  expect(rotated).toMatchObject({ status: 201, json: { rotation: expect.anything() } })
  expect(rotated.json.secret).toBeUndefined()
  for (const id of [near, itself])
    expect(await rotate(id)).toMatchObject({ status: 201, json: { secret: expect.any(String) } })
})

test('a token that expires lets neither itself nor others live longer, and what it makes ends with it at the latest', async () => {
  const { make, caller, clock, admin, sql, call, pass } = await callers()
  const { id: itself, secret, create, edit } = await caller({ expiration: { kind: 'preset', days: 30 } })
  const at = (days: number) => new Date(clock().getTime() + days * DAY).toISOString()
  const end = at(30)
  const other = await make('Other', { expiration: { kind: 'custom', at: at(7) } })
  for (const expiresAt of [null, at(31)]) {
    expect(await create({ name: 'Longer', expiresAt }), `${expiresAt}`).toMatchObject(notHeld('expiresAt'))
    for (const id of [itself, other]) expect(await edit(id, { expiresAt })).toMatchObject(notHeld('expiresAt'))
  }
  expect(await edit(other, { expiresAt: end })).toMatchObject({ status: 200, json: { expiresAt: end } })
  expect(await create({ name: 'As long', expiresAt: end })).toMatchObject({ status: 201, json: { expiresAt: end } })
  expect(await create({ name: 'Usual' })).toMatchObject({ status: 201, json: { expiresAt: end } })
  await sql`update tokens set expires_at = ${at(100)} where id = ${itself}`
  const later = (await create({ name: 'Revealed later', reveal: false })).json
  expect(later.expiresAt).toBe(at(90))
  pass(20 * DAY)
  await call(secret, 'POST', `/api/v1/tokens/${later.tokenId}/reveal`, { key: newRevealKey() })
  expect(await edit(later.tokenId, { name: 'Still' })).toMatchObject({ json: { expiresAt: later.expiresAt } })
  expect((await editToken(admin, { tokenId: other, expiration: never })).expiresAt).toBeNull()
})

test('a token grants only what it still holds once everything is held, whatever it held when it was read', async () => {
  const { make, caller, actorOf, at, sql, alder } = await callers()
  const { id, secret } = await caller({})
  const other = await make('Other')
  const [user] = await sql`insert into service_accounts (organization_id, name, name_key, role, scopes)
    values (${alder.id}, 'Robot', 'robot', 'admin', ${SCOPES}) returning id`
  const serviceAccountId = String(user?.['id'])
  const { secret: robots } = await caller({ name: 'Robots', serviceAccountId })
  const [stale, robot] = [await actorOf(secret), await actorOf(robots)]
  const grants = (ctx: AnyContext) => [
    () => createToken(ctx, { ...at, name: 'Made', scopes: ['data:read'] }),
    () => editToken(ctx, { tokenId: other, scopes: ['data:read'] }),
  ]
  await sql`update service_accounts set scopes = '{tokens:write}'`
  await sql`update tokens set scopes = '{tokens:write}' where id = ${id}`
  for (const grant of [...grants(stale), ...grants(robot)]) await expect(grant()).rejects.toEqual(refused('not_held'))
  await sql`update tokens set scopes = ${SCOPES}, devices = '{d1}' where id = ${id}`
  await sql`update service_accounts set scopes = ${SCOPES}, devices = '{d1}'`
  for (const grant of [...grants(stale), ...grants(robot)])
    await expect(grant()).rejects.toMatchObject({ code: 'not_held', fields: { devices: expect.any(String) } })
  await sql`update tokens set devices = null where id = ${id}`
  for (const grant of grants(stale)) await grant()
})

test('a token cannot have another take its own place, and is told what to do instead', async () => {
  const { post, sql, alder, writer, call, admin } = await alderApi()
  const [tier] =
    await sql`insert into tiers (name, rank, token_limit, at_limit) values ('Single', 2, 1, 'replace') returning id`
  await sql`update tokens set revoked_at = now() where organization_id = ${alder.id} and id <> ${writer.id}`
  await sql`update organizations set tier_id = ${tier?.['id']} where id = ${alder.id}`
  for (const reveal of [true, false])
    expect(await post('', { key: newRevealKey(), body: { name: 'Next', replaces: writer.id, reveal } })).toMatchObject({
      status: 409,
      json: {
        code: 'would_replace',
        detail: expect.stringMatching(/cannot replace itself\. Rotate it.*another token/),
      },
    })
  expect((await call(writer.secret, 'GET', `/api/v1/tokens/${writer.id}`)).json.status).toBe('active')
  const { id } = await createToken(admin, { organizationId: alder.id, name: 'Next', replaces: writer.id })
  expect(id).not.toBe(writer.id)
})
