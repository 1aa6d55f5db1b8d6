import { expect, test } from 'vitest'
import { holdAtGate } from '#db/testing/gate'
import type { Context } from '#lib/context'
import { registerDevice } from '#lib/devices/register'
import { loadListSearch } from '#lib/lists/search'
import { changeMember } from '#lib/members/change'
import { listMembers } from '#lib/members/list'
import { removeMember } from '#lib/members/remove'
import { newRevealKey, testWorld } from '#lib/testing/world'
import { revealToken } from '#lib/tokens/reveal'
import { refused } from '#lib/tokens/testing/desk'
import { openGateway } from '#lib/tokens/testing/gateway'

type Change = Omit<Parameters<typeof changeMember>[1], 'organizationId' | 'userId'>

async function people(options: Parameters<typeof testWorld>[0] = {}) {
  const world = await testWorld(options)
  const { alder, sql } = world
  const organizationId = alder.id
  const admin = await world.person(alder, 'admin')
  const change = (who: Context, input: Change, by: Context = admin) =>
    changeMember(by, { organizationId, userId: who.actor.userId, ...input })
  const remove = (who: Context, by: Context = admin) => removeMember(by, { organizationId, userId: who.actor.userId })
  const see = (query = '', by: Context = admin) => listMembers(by, alder, loadListSearch(`?${query}`))
  const admins = async () =>
    Number(
      (await sql`select count(*) from memberships where organization_id = ${alder.id} and role = 'admin'`)[0]?.[
        'count'
      ],
    )
  const membership = async (who: Context) =>
    (
      await sql`select role, devices from memberships
      where organization_id = ${alder.id} and user_id = ${who.actor.userId}`
    ).map((row) => ({ ...row }))[0] ?? null
  const trail = async () =>
    (await sql`select action, details from audit_events where action like 'member.%' order by id`).map((row) => ({
      ...row,
    }))
  return { ...world, organizationId, admin, change, remove, see, admins, membership, trail }
}

test('a role and devices change at once, with an event that says from what to what', async () => {
  const { alder, admin, organizationId, person, change, membership, trail } = await people()
  for (const deviceId of ['a', 'b']) await registerDevice(admin, { organizationId, deviceId, name: deviceId })
  const uma = await person(alder, 'member')
  await change(uma, { role: 'viewer', devices: ['b', 'a'] })
  expect(await membership(uma)).toEqual({ role: 'viewer', devices: ['b', 'a'] })
  await change(uma, { role: 'viewer' })
  const changes = [
    { field: 'Role', from: 'member', to: 'viewer' },
    { field: 'Devices', from: 'all', to: 'b a' },
  ]
  expect(await trail()).toEqual([{ action: 'member.changed', details: { changes } }])
  await expect(change(uma, { devices: ['c'] })).rejects.toMatchObject({
    code: 'invalid',
    fields: { devices: 'c is not registered.' },
  })
})

test('an admin has all devices', async () => {
  const { alder, admin, organizationId, person, change, membership } = await people()
  await registerDevice(admin, { organizationId, deviceId: 'a', name: 'A' })
  const uma = await person(alder, 'member')
  await change(uma, { devices: ['a'] })
  await expect(change(uma, { role: 'admin', devices: ['a'] })).rejects.toEqual(refused('invalid'))
  await change(uma, { role: 'admin' })
  expect(await membership(uma)).toEqual({ role: 'admin', devices: null })
})

test('the last admin is neither demoted nor removed, not even from above', async () => {
  const { alder, northwind, admin, person, change, remove, membership } = await people()
  const above = await person(northwind, 'admin')
  await expect(change(admin, { role: 'member' })).rejects.toEqual(refused('last_admin'))
  for (const by of [admin, above]) await expect(remove(admin, by)).rejects.toEqual(refused('last_admin'))
  const second = await person(alder, 'admin')
  expect(await remove(admin)).toEqual({ self: true })
  expect(await membership(admin)).toBeNull()
  await expect(remove(second, second)).rejects.toEqual(refused('last_admin'))
})

test.each([
  ['demote', 'demote'],
  ['demote', 'remove'],
  ['remove', 'remove'],
] as const)(
  'of two admins who %s and %s each other at once one wins, however many others there are',
  async (...acts) => {
    for (const others of [0, 1]) {
      const { alder, admin, person, url, change, remove, admins } = await people({ connections: 4 })
      const second = await person(alder, 'admin')
      if (others === 1) await person(alder, 'admin')
      const act = (index: 0 | 1, who: Context, by: Context) =>
        acts[index] === 'demote' ? change(who, { role: 'member' }, by) : remove(who, by)
      const outcomes = await holdAtGate(url, 'memberships', 2, () => [act(0, second, admin), act(1, admin, second)])
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      const [code] = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []))
      expect(['forbidden', 'not_found']).toContain(code)
      expect(await admins()).toBe(1 + others)
    }
  },
)

test('all admins of an organization who leave at once leave one', async () => {
  const { alder, admin, person, url, remove, admins } = await people({ connections: 12 })
  const all = [admin]
  while (all.length < 10) all.push(await person(alder, 'admin'))
  const outcomes = await holdAtGate(url, 'memberships', all.length, () => all.map((each) => remove(each, each)))
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1)
  expect(await admins()).toBe(1)
})

test('the personal tokens of a removed member are powerless there at once', async () => {
  const world = await people()
  const { alder, northwind, person, join, remove, sql } = world
  const uma = await join(await person(northwind, 'viewer'), alder, 'member')
  const verify = await openGateway(world)
  const [{ id } = { id: '' }] = await sql<{ id: string }[]>`select id from tokens where user_id = ${uma.actor.userId}`
  const { secret } = await revealToken(uma, { tokenId: id, key: newRevealKey() })
  expect(await verify(secret, { organization: 'alder' })).toBe('active')
  await remove(uma)
  expect(await verify(secret, { organization: 'northwind' })).toBe('active')
  expect(await verify(secret, { organization: 'alder' })).toBe('not_a_member')
})

test('who may change and remove members, and how the others are refused', async () => {
  const { alder, northwind, platform, organization, person, change, remove, see } = await people()
  const uma = await person(alder, 'member')
  const birch = await organization('Birch', northwind, 'customer')
  const outcome = (act: Promise<unknown>) =>
    act.then(
      () => 'allowed',
      ({ code }) => code,
    )
  const of = async (by: Context) => [
    await outcome(see('', by)),
    await outcome(change(uma, { role: 'viewer' }, by)),
    await outcome(remove(await person(alder, 'viewer'), by)),
  ]
  const refusedThere = ['not_found', 'not_found', 'not_found']
  expect(await of(await person(alder, 'admin'))).toEqual(['allowed', 'allowed', 'allowed'])
  for (const place of [northwind, platform])
    expect(await of(await person(place, 'admin'))).toEqual(['allowed', 'forbidden', 'allowed'])
  for (const role of ['member', 'viewer'] as const)
    expect(await of(await person(alder, role))).toEqual(['not_found', 'forbidden', 'forbidden'])
  expect(await of(await person(northwind, 'member'))).toEqual(refusedThere)
  expect(await of(await person(birch, 'admin'))).toEqual(refusedThere)
  const elsewhere = await person(birch, 'member')
  for (const act of [() => change(elsewhere, { role: 'viewer' }), () => remove(elsewhere)])
    await expect<Promise<unknown>>(act()).rejects.toEqual(refused('not_found'))
})

test('in a suspended organization members get less and leave, and get no more; in a closed one nothing changes', async () => {
  const { alder, northwind, admin, organizationId, person, change, remove, sql } = await people()
  await registerDevice(admin, { organizationId, deviceId: 'a', name: 'A' })
  const [uma, vic] = [await person(alder, 'member'), await person(alder, 'viewer')]
  await change(vic, { devices: ['a'] })
  await sql`update organizations set suspended_at = now() where id = ${northwind.id}`
  for (const more of [{ role: 'member' }, { devices: null }] as const)
    await expect(change(vic, more)).rejects.toEqual(refused('organization_suspended'))
  await change(uma, { role: 'viewer', devices: ['a'] })
  await remove(vic)
  await sql`update organizations set suspended_at = null, closed_at = now() where id = ${alder.id}`
  await expect(remove(uma)).rejects.toEqual(refused('not_found'))
  await expect(remove(uma, await person(northwind, 'admin'))).rejects.toEqual(refused('forbidden'))
})

test('the list tells of each member what there is to know, and finds them by name and address', async () => {
  const { alder, admin, person, see, sql, clock } = await people()
  const uma = await person(alder, 'viewer')
  await sql`update memberships set invited_by = ${admin.actor.userId}, devices = '{}' where user_id = ${uma.actor.userId}`
  await sql`insert into sessions (user_id, created_at, last_seen_at, confirmed_at) values
    (${uma.actor.userId}, now(), ${clock()}, now()), (${uma.actor.userId}, now(), '2026-01-01', now())`
  const { rows, counts } = await see()
  expect(counts).toEqual({ all: 2, admins: 1 })
  expect(rows.map(({ email, role, self }) => [email, role, self])).toEqual([
    [admin.actor.email, 'admin', true],
    [uma.actor.email, 'viewer', false],
  ])
  expect(rows[1]).toMatchObject({ devices: [], invitedBy: admin.actor.email, lastSeenAt: clock(), since: clock() })
  expect(rows[0]).toMatchObject({ devices: null, invitedBy: null, lastSeenAt: null })
  expect((await see(`q=${uma.actor.email.toUpperCase()}`)).rows).toHaveLength(1)
  expect((await see('q=nobody')).rows).toHaveLength(0)
})
