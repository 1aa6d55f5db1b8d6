import { expect, test } from 'vitest'
import { newRevealKey } from '#lib/testing/world'
import { editToken } from '#lib/tokens/edit'
import { getToken } from '#lib/tokens/get'
import { revealToken } from '#lib/tokens/reveal'
import { DAY, desk, refused } from '#lib/tokens/testing/desk'

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
