import { expect, test } from 'vitest'
import { newRevealKey } from '#lib/testing/world'
import { deleteToken } from '#lib/tokens/delete'
import { restoreToken } from '#lib/tokens/restore'
import { revealToken } from '#lib/tokens/reveal'
import { revokeToken } from '#lib/tokens/revoke'
import { DAY, desk, refused } from '#lib/tokens/testing/desk'

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
  expect(await revokeToken(admin, { tokenId: token.id, andDelete: true })).toMatchObject({
    deleted: true,
    restorable: false,
  })
  expect(await trail(token.id)).toEqual(['token.created', 'token.revoked', 'token.deleted'])
})

test('a revoked token that has expired, or leaked, stays revoked', async () => {
  const { admin, make, pass } = await desk()
  const overdue = await make('Overdue')
  await revokeToken(admin, { tokenId: overdue.id })
  const leaked = await make('Leaked')
  await revokeToken(admin, { tokenId: leaked.id, leaked: true })
  await expect(restoreToken(admin, { tokenId: leaked.id })).rejects.toEqual(refused('compromised'))
  pass(91 * DAY)
  await expect(restoreToken(admin, { tokenId: overdue.id })).rejects.toEqual(refused('expired'))
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
