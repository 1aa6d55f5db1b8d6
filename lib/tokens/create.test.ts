import { expect, test } from 'vitest'
import { deleteToken } from '#lib/tokens/delete'
import { revokeToken } from '#lib/tokens/revoke'
import { DAY, desk, refused } from '#lib/tokens/testing/desk'

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
