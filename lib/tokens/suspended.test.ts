import { expect, test } from 'vitest'
import { newRevealKey } from '#lib/testing/world'
import { editToken } from '#lib/tokens/edit'
import { getToken } from '#lib/tokens/get'
import { restoreToken } from '#lib/tokens/restore'
import { revealToken } from '#lib/tokens/reveal'
import { revokeToken } from '#lib/tokens/revoke'
import { desk, refused } from '#lib/tokens/testing/desk'

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
