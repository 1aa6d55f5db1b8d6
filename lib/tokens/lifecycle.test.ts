import { expect, test } from 'vitest'
import type { Context } from '#lib/context'
import { newRevealKey, testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { deleteToken } from '#lib/tokens/delete'
import { editToken } from '#lib/tokens/edit'
import { finishReveal } from '#lib/tokens/finish-reveal'
import { getToken } from '#lib/tokens/get'
import { restoreToken } from '#lib/tokens/restore'
import { copyToken, revealToken } from '#lib/tokens/reveal'
import { revokeToken } from '#lib/tokens/revoke'

const MINUTE = 60_000
const DAY = 86_400_000

async function desk() {
  const world = await testWorld()
  const { sql } = world
  const admin = await world.person(world.alder, 'admin')
  const make = (name = 'Billing export', ctx: Context = admin) =>
    createToken(ctx, { organizationId: world.alder.id, name })
  const trail = async (tokenId: string) =>
    (await sql`select action from audit_events where target_id = ${tokenId} order by id`).map((row) => row['action'])
  return { ...world, admin, make, trail }
}

const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code })

test('create makes a token without a secret, with the usual scopes and 90 days', async () => {
  const { admin, make, sql, trail } = await desk()
  const token = await make()
  expect(token).toMatchObject({
    name: 'Billing export',
    status: 'active',
    tail: null,
    scopes: ['data:read', 'reports:read'],
  })
  expect(token.expiresAt).toEqual(new Date(admin.clock().getTime() + 90 * DAY))
  expect(token.actions).toEqual(['reveal', 'copy', 'edit', 'revoke'])
  expect(await sql`select 1 from token_secrets where token_id = ${token.id}`).toHaveLength(0)
  expect(await trail(token.id)).toEqual(['token.created'])
})

test('a name is taken however it is written, by ended tokens too, until they are deleted', async () => {
  const { admin, make } = await desk()
  const token = await make('Default 2')
  for (const name of ['default 2', 'DEFAULT 2', 'Ｄｅｆａｕｌｔ ２'])
    await expect(make(name)).rejects.toMatchObject({
      code: 'name_taken',
      fields: { name: 'A token named "Default 2" exists. Choose another name.' },
    })
  await revokeToken(admin, { tokenId: token.id })
  await expect(make('default 2')).rejects.toEqual(refused('name_taken'))
  await deleteToken(admin, { tokenId: token.id })
  await make('default 2')
})

test('the first key gets the secret, and again until Done; another key and another person never do', async () => {
  const { admin, alder, person, make, trail } = await desk()
  const token = await make()
  const key = newRevealKey()
  const first = await revealToken(admin, { tokenId: token.id, key })
  expect(first.secret.reveal()).toMatch(new RegExp(`^tok_org_${token.id}_[0-9A-Za-z]{49}$`))
  expect(first.token.tail).toBe(first.secret.reveal().slice(-4))
  const again = await revealToken(admin, { tokenId: token.id, key })
  expect(again.secret.reveal()).toBe(first.secret.reveal())
  const member = await person(alder, 'member')
  await expect(revealToken(member, { tokenId: token.id, key })).rejects.toEqual(refused('already_revealed'))
  await expect(revealToken(admin, { tokenId: token.id, key: newRevealKey() })).rejects.toEqual(
    refused('already_revealed'),
  )
  await finishReveal(admin, { tokenId: token.id })
  await expect(revealToken(admin, { tokenId: token.id, key })).rejects.toEqual(refused('already_revealed'))
  expect(await trail(token.id)).toEqual(['token.created', 'token.revealed', 'token.revealed'])
})

test('ten minutes after the reveal the same key gets nothing', async () => {
  const { admin, make, pass } = await desk()
  const token = await make()
  const key = newRevealKey()
  await copyToken(admin, { tokenId: token.id, key })
  pass(10 * MINUTE - 1)
  await copyToken(admin, { tokenId: token.id, key })
  pass(1)
  await expect(copyToken(admin, { tokenId: token.id, key })).rejects.toEqual(refused('already_revealed'))
})

test('a preset length starts anew at the first reveal; a chosen date stays', async () => {
  const { admin, alder, make, pass } = await desk()
  const preset = await make()
  const at = new Date(admin.clock().getTime() + 10 * DAY)
  const custom = await createToken(admin, {
    organizationId: alder.id,
    name: 'Custom',
    expiration: { kind: 'custom', at: at.toISOString() },
  })
  pass(5 * DAY)
  const revealed = await revealToken(admin, { tokenId: preset.id, key: newRevealKey() })
  expect(revealed.token.expiresAt).toEqual(new Date(admin.clock().getTime() + 90 * DAY))
  expect((await revealToken(admin, { tokenId: custom.id, key: newRevealKey() })).token.expiresAt).toEqual(at)
})

test('revoke, restore, revoke and delete leave a tombstone without a secret and the whole trail', async () => {
  const { admin, make, sql, trail } = await desk()
  const { id: tokenId } = await make()
  await revealToken(admin, { tokenId, key: newRevealKey() })
  await revokeToken(admin, { tokenId, reason: 'Moved' })
  await expect(revokeToken(admin, { tokenId })).rejects.toEqual(refused('not_active'))
  await expect(revealToken(admin, { tokenId, key: newRevealKey() })).rejects.toEqual(refused('not_active'))
  expect((await restoreToken(admin, { tokenId })).status).toBe('active')
  await expect(restoreToken(admin, { tokenId })).rejects.toEqual(refused('not_revoked'))
  await expect(deleteToken(admin, { tokenId })).rejects.toEqual(refused('not_deletable'))
  await revokeToken(admin, { tokenId })
  await deleteToken(admin, { tokenId })
  await expect(deleteToken(admin, { tokenId })).rejects.toEqual(refused('not_found'))
  const [tombstone] =
    await sql`select name, deleted_at, (select count(*)::int from token_secrets where token_id = id) as secrets from tokens where id = ${tokenId}`
  expect(tombstone).toMatchObject({ name: 'Billing export', deleted_at: admin.clock(), secrets: 0 })
  expect(await trail(tokenId)).toEqual([
    'token.created',
    'token.revealed',
    'token.revoked',
    'token.restored',
    'token.revoked',
    'token.deleted',
  ])
})

test('revoke "and delete" does both or neither', async () => {
  const { admin, make, trail, sql } = await desk()
  const token = await make()
  await sql`alter table audit_events add constraint no_more check (action <> 'token.deleted')`
  await expect(revokeToken(admin, { tokenId: token.id, andDelete: true })).rejects.toThrow()
  expect(await trail(token.id)).toEqual(['token.created'])
  await sql`alter table audit_events drop constraint no_more`
  expect(await revokeToken(admin, { tokenId: token.id, andDelete: true })).toEqual({ deleted: true })
  expect(await trail(token.id)).toEqual(['token.created', 'token.revoked', 'token.deleted'])
})

test('nobody ends another person’s reveal', async () => {
  const { admin, alder, person, make } = await desk()
  const { id: tokenId } = await make()
  const key = newRevealKey()
  const first = await revealToken(admin, { tokenId, key })
  await finishReveal(await person(alder, 'member'), { tokenId })
  expect((await revealToken(admin, { tokenId, key })).secret.reveal()).toBe(first.secret.reveal())
})

test('a service token is never given more than its API user has', async () => {
  const { admin, make, sql, alder } = await desk()
  const token = await make()
  const [apiUser] = await sql`insert into service_accounts (organization_id, name, name_key, role, scopes)
    values (${alder.id}, 'Reader', 'reader', 'viewer', '{data:read,tokens:write}') returning id`
  await sql`update tokens set kind = 'service', service_account_id = ${String(apiUser?.['id'])}, scopes = '{}' where id = ${token.id}`
  const edit = (scopes: string[]) => editToken(admin, { tokenId: token.id, scopes })
  await expect(edit(['reports:read'])).rejects.toMatchObject({
    code: 'not_held',
    fields: { scopes: expect.any(String) },
  })
  await expect(edit(['tokens:write'])).rejects.toEqual(refused('not_held'))
  expect((await edit(['data:read'])).scopes).toEqual(['data:read'])
})

test('a revoked token that has expired, or leaked, stays revoked', async () => {
  const { admin, make, pass, sql } = await desk()
  const overdue = await make('Overdue')
  await revokeToken(admin, { tokenId: overdue.id })
  const leaked = await make('Leaked')
  await revokeToken(admin, { tokenId: leaked.id })
  await sql`update tokens set compromised = true where id = ${leaked.id}`
  await expect(restoreToken(admin, { tokenId: leaked.id })).rejects.toEqual(refused('compromised'))
  pass(91 * DAY)
  await expect(restoreToken(admin, { tokenId: overdue.id })).rejects.toEqual(refused('expired'))
})

test('edit changes what is given, tells the trail what was, and leaves the rest', async () => {
  const { admin, alder, make } = await desk()
  const token = await make()
  const edited = await editToken(admin, { tokenId: token.id, name: 'Billing', ipRanges: ['203.0.113.0/24'] })
  expect(edited).toMatchObject({
    name: 'Billing',
    ipRanges: ['203.0.113.0/24'],
    scopes: token.scopes,
    expiresAt: token.expiresAt,
  })
  const detail = await getToken(admin, alder.id, token.id)
  expect(detail.audit[0]).toMatchObject({
    action: 'token.edited',
    details: ['Name: Billing export → Billing', 'Allowed IPs: any address → 203.0.113.0/24'],
  })
  expect((await editToken(admin, { tokenId: token.id, name: 'Billing' })).name).toBe('Billing')
  expect((await getToken(admin, alder.id, token.id)).audit).toHaveLength(2)
})

test('editing the status runs revoke and restore, with an event for each verb', async () => {
  const { admin, make, trail } = await desk()
  const { id: tokenId } = await make()
  expect((await editToken(admin, { tokenId, name: 'Old', status: 'revoked' })).status).toBe('revoked')
  await expect(editToken(admin, { tokenId, scopes: [] })).rejects.toEqual(refused('not_active'))
  expect((await editToken(admin, { tokenId, name: 'New', status: 'active' })).status).toBe('active')
  expect(await trail(tokenId)).toEqual([
    'token.created',
    'token.edited',
    'token.revoked',
    'token.restored',
    'token.edited',
  ])
})

test('an expired token with a later expiration works again, and counts against the limit', async () => {
  const { admin, make, pass, sql, alder } = await desk()
  const { id: tokenId } = await make('Overdue')
  pass(91 * DAY)
  for (let n = 0; n < 5; n++) await make(`Other ${n}`)
  const later = { kind: 'preset', days: 30 } as const
  await expect(editToken(admin, { tokenId, expiration: later })).rejects.toEqual(refused('token_limit'))
  await sql`update organizations set token_limit_override = 6 where id = ${alder.id}`
  expect((await editToken(admin, { tokenId, expiration: later })).status).toBe('active')
})

test('the longest lifetime counts from the minting, so edits cannot stretch it', async () => {
  const { admin, make, pass, sql, alder } = await desk()
  await sql`update organizations set longest_lifetime_days = 60 where id = ${alder.id}`
  const token = await make()
  expect(token.expiresAt).toEqual(new Date(admin.clock().getTime() + 60 * DAY))
  await revealToken(admin, { tokenId: token.id, key: newRevealKey() })
  pass(40 * DAY)
  const edit = (expiration: { kind: 'preset'; days: 30 } | { kind: 'never' }) =>
    editToken(admin, { tokenId: token.id, expiration })
  await expect(edit({ kind: 'preset', days: 30 })).rejects.toMatchObject({
    code: 'over_policy',
    fields: { expiration: expect.any(String) },
  })
  await expect(edit({ kind: 'never' })).rejects.toEqual(refused('over_policy'))
})

test('in a suspended organization, or below one, tokens end but none begins', async () => {
  const { admin, make, northwind, sql, alder } = await desk()
  const token = await make()
  const revoked = await make('Revoked')
  await revokeToken(admin, { tokenId: revoked.id })
  await sql`update organizations set suspended_at = now() where id = ${northwind.id}`
  await expect(make('Another')).rejects.toEqual(refused('organization_suspended'))
  await expect(revealToken(admin, { tokenId: token.id, key: newRevealKey() })).rejects.toEqual(
    refused('organization_suspended'),
  )
  await expect(restoreToken(admin, { tokenId: revoked.id })).rejects.toEqual(refused('organization_suspended'))
  await expect(editToken(admin, { tokenId: token.id, scopes: ['data:read', 'tokens:write'] })).rejects.toEqual(
    refused('organization_suspended'),
  )
  expect((await editToken(admin, { tokenId: token.id, scopes: ['data:read'] })).scopes).toEqual(['data:read'])
  expect((await getToken(admin, alder.id, token.id)).stoppedBy).toBe('suspended')
  await revokeToken(admin, { tokenId: token.id, andDelete: true })
})

test('a failure in the middle of a verb leaves neither the change nor its event', async () => {
  const { admin, make, sql, trail } = await desk()
  const token = await make()
  await sql`alter table audit_events add constraint no_more check (action <> 'token.revoked')`
  await expect(revokeToken(admin, { tokenId: token.id })).rejects.toThrow()
  const [row] = await sql`select revoked_at from tokens where id = ${token.id}`
  expect(row?.['revoked_at']).toBeNull()
  expect(await trail(token.id)).toEqual(['token.created'])
})
