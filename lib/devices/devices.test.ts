import { expect, test } from 'vitest'
import type { Context } from '#lib/context'
import { importDevices } from '#lib/devices/import'
import { findDeviceChoices, listDevices } from '#lib/devices/list'
import { registerDevice } from '#lib/devices/register'
import { removeDevice } from '#lib/devices/remove'
import { renameDevice } from '#lib/devices/rename'
import { loadListSearch } from '#lib/lists/search'
import { changeMember } from '#lib/members/change'
import { createApiUser } from '#lib/service-accounts/create'
import { createToken } from '#lib/tokens/create'
import { editToken } from '#lib/tokens/edit'
import { getToken } from '#lib/tokens/get'
import { desk, refused } from '#lib/tokens/testing/desk'

async function meters() {
  const world = await desk()
  const { alder, admin, sql } = world
  const organizationId = alder.id
  const register = (deviceId: string, name: string, ctx: Context = admin) =>
    registerDevice(ctx, { organizationId, deviceId, name })
  const upload = (text: string, ctx: Context = admin) => importDevices(ctx, alder, Buffer.from(text))
  const registered = async () =>
    (await sql`select id, name from devices where organization_id = ${alder.id} order by id`).map(
      ({ id, name }) => `${id} ${name}`,
    )
  const events = async () =>
    (await sql`select action from audit_events where action like 'device.%' order by id`).map((row) => row['action'])
  const see = (query = '', ctx: Context = admin) => listDevices(ctx, alder, loadListSearch(`?${query}`))
  return { ...world, organizationId, register, upload, registered, events, see }
}

test('devices are registered, renamed and removed, each with its event', async () => {
  const { admin, organizationId, register, registered, events } = await meters()
  await register('meter-1', 'Hall')
  await expect(register('meter-1', 'Other')).rejects.toMatchObject({
    code: 'name_taken',
    fields: { deviceId: 'meter-1 is registered already, as "Hall".' },
  })
  await renameDevice(admin, { organizationId, deviceId: 'meter-1', name: 'North hall' })
  expect(await registered()).toEqual(['meter-1 North hall'])
  await removeDevice(admin, { organizationId, deviceId: 'meter-1' })
  await expect(removeDevice(admin, { organizationId, deviceId: 'meter-1' })).rejects.toEqual(refused('not_found'))
  await expect(renameDevice(admin, { organizationId, deviceId: 'meter-1', name: 'x' })).rejects.toEqual(
    refused('not_found'),
  )
  expect(await events()).toEqual(['device.registered', 'device.renamed', 'device.removed'])
})

test('the same id in another organization is another device', async () => {
  const { northwind, person, organizationId, register, registered } = await meters()
  await register('meter-1', 'Hall')
  const above = await person(northwind, 'admin')
  await registerDevice(above, { organizationId: northwind.id, deviceId: 'meter-1', name: 'Theirs' })
  await removeDevice(above, { organizationId: northwind.id, deviceId: 'meter-1' })
  expect(await registered()).toEqual(['meter-1 Hall'])
  await expect(removeDevice(above, { organizationId, deviceId: 'meter-1' })).resolves.toBeNull()
})

test('an upload registers and renames all of it, or with one wrong line nothing', async () => {
  const { upload, register, registered, events } = await meters()
  await register('meter-1', 'Hall')
  expect(await upload('id,name\nmeter-1,North hall\nmeter-2,\n')).toEqual({
    faults: [{ line: 3, reason: 'The name is wrong. Enter a name.' }],
  })
  expect(await registered()).toEqual(['meter-1 Hall'])
  expect(await upload('id,name\nmeter-1,North hall\nmeter-2,Roof\n')).toEqual({ added: 1, renamed: 1, unchanged: 0 })
  expect(await upload('meter-2,Roof')).toEqual({ added: 0, renamed: 0, unchanged: 1 })
  expect(await registered()).toEqual(['meter-1 North hall', 'meter-2 Roof'])
  expect(await events()).toEqual(['device.registered', 'device.imported'])
})

test('5,000 devices are imported at once', async () => {
  const { upload, see } = await meters()
  const text = Array.from({ length: 5_000 }, (_, index) => `m${index},Meter ${index}`).join('\n')
  expect(await upload(text)).toEqual({ added: 5_000, renamed: 0, unchanged: 0 })
  expect(await see()).toMatchObject({ total: 5_000, first: 1, hasMore: true })
})

test('removing a device leaves what had it alone narrowed to nothing, and never to everything', async () => {
  const { admin, alder, organizationId, register, person, sql, make, see } = await meters()
  for (const id of ['a', 'b']) await register(id, id)
  const one = await createToken(admin, { organizationId, name: 'One', devices: ['a'] })
  const both = await createToken(admin, { organizationId, name: 'Both', devices: ['b', 'a'] })
  const all = await make('All')
  const { actor } = await person(alder, 'member')
  await changeMember(admin, { organizationId, userId: actor.userId, devices: ['a'] })
  const apiUser = await createApiUser(admin, {
    organizationId,
    name: 'Loader',
    role: 'viewer',
    scopes: [],
    devices: ['a'],
  })
  await sql`insert into invitations (organization_id, email, email_key, role, devices, invited_by, created_at)
    values (${alder.id}, 'a@b.example', 'a@b.example', 'member', '{a,b}', ${admin.actor.userId}, now())`
  expect((await see()).rows[0]).toMatchObject({ id: 'a', tokens: 2, members: 1, apiUsers: 1 })
  await removeDevice(admin, { organizationId, deviceId: 'a' })
  const devicesOf = async (id: string) => (await getToken(admin, alder.id, id)).devices
  expect([await devicesOf(one.id), await devicesOf(both.id), await devicesOf(all.id)]).toEqual([[], ['b'], null])
  const [member] = await sql`select devices from memberships where user_id = ${actor.userId}`
  const [account] = await sql`select devices from service_accounts where id = ${apiUser.id}`
  const [invitation] = await sql`select devices from invitations`
  expect([member?.['devices'], account?.['devices'], invitation?.['devices']]).toEqual([[], [], ['b']])
})

test('a token names only devices that are registered there', async () => {
  const { admin, organizationId, register, make } = await meters()
  await register('a', 'A')
  const beside = { code: 'invalid', fields: { devices: 'b, c are not registered.' } }
  const create = (devices: string[]) => createToken(admin, { organizationId, name: 'New', devices })
  await expect(create(['a', 'b', 'c'])).rejects.toMatchObject(beside)
  const token = await make()
  await expect(editToken(admin, { tokenId: token.id, devices: ['b', 'c'] })).rejects.toMatchObject(beside)
  expect((await editToken(admin, { tokenId: token.id, devices: ['a'] })).devices).toEqual(['a'])
  expect((await editToken(admin, { tokenId: token.id, devices: null })).devices).toBeNull()
  await expect(createToken(admin, { organizationId: null, name: 'Mine', devices: ['a'] })).rejects.toMatchObject({
    code: 'invalid',
  })
})

test('while an organization is suspended devices and what is narrowed to them only become fewer', async () => {
  const { admin, organizationId, register, upload, sql, northwind } = await meters()
  for (const id of ['a', 'b']) await register(id, id)
  const token = await createToken(admin, { organizationId, name: 'One', devices: ['a'] })
  await sql`update organizations set suspended_at = now() where id = ${northwind.id}`
  const suspended = refused('organization_suspended')
  await expect(register('c', 'c')).rejects.toEqual(suspended)
  await expect(upload('c,c')).rejects.toEqual(suspended)
  for (const devices of [null, ['a', 'b'], ['b']])
    await expect(editToken(admin, { tokenId: token.id, devices })).rejects.toEqual(suspended)
  expect((await editToken(admin, { tokenId: token.id, devices: [] })).devices).toEqual([])
  await renameDevice(admin, { organizationId, deviceId: 'a', name: 'Renamed' })
  await removeDevice(admin, { organizationId, deviceId: 'a' })
})

test('only admins of the organization and above have to do with its devices', async () => {
  const world = await meters()
  const { alder, northwind, organization, person, organizationId, register, upload, see, sql } = world
  await register('a', 'A')
  const stranger = await person(await organization('Birch', northwind, 'customer'), 'admin')
  const all = (ctx: Context) => [
    () => register('b', 'B', ctx),
    () => renameDevice(ctx, { organizationId, deviceId: 'a', name: 'x' }),
    () => removeDevice(ctx, { organizationId, deviceId: 'a' }),
  ]
  for (const role of ['member', 'viewer'] as const) {
    const ctx = await person(alder, role)
    for (const act of all(ctx)) await expect(act()).rejects.toEqual(refused('forbidden'))
    for (const look of [() => see('', ctx), () => findDeviceChoices(ctx, alder, ''), () => upload('b,B', ctx)])
      await expect<Promise<unknown>>(look()).rejects.toEqual(refused('not_found'))
  }
  for (const act of [...all(stranger), () => see('', stranger), () => upload('b,B', stranger)])
    await expect<Promise<unknown>>(act()).rejects.toEqual(refused('not_found'))
  const above = await person(northwind, 'admin')
  expect((await see('', above)).total).toBe(1)
  await register('b', 'B', above)
  await sql`update organizations set closed_at = now() where id = ${alder.id}`
  await expect(register('c', 'C', above)).rejects.toEqual(refused('forbidden'))
  await expect(register('c', 'C')).rejects.toEqual(refused('not_found'))
})

test('devices are found by name and id, a page at a time, and the few that are chosen from', async () => {
  const { admin, alder, upload, see } = await meters()
  await upload(Array.from({ length: 60 }, (_, n) => `m-${n},Meter ${String(n).padStart(2, '0')}`).join('\n'))
  const ids = async (query: string) => (await see(query)).rows.map(({ id }) => id)
  const first = await see()
  expect([first.rows.length, first.first, first.total, first.hasMore]).toEqual([25, 1, 60, true])
  expect((await ids('after=m-24')).at(0)).toBe('m-25')
  expect((await ids('before=m-25')).at(0)).toBe('m-0')
  const last = await see('at=end')
  expect([last.rows.at(-1)?.id, last.first, last.hasMore]).toEqual(['m-59', 36, false])
  expect(await ids('after=gone')).toEqual(await ids(''))
  expect(await ids('q=METER 07')).toEqual(['m-7'])
  expect(await ids('q=M-42')).toEqual(['m-42'])
  expect(await ids('q=%25')).toEqual([])
  const { devices, total } = await findDeviceChoices(admin, alder, 'meter')
  expect([devices.length, total]).toEqual([50, 60])
})
