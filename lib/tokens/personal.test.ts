import { describe, expect, test } from 'vitest'
import type { Context } from '#lib/context'
import { newRevealKey } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { deleteToken } from '#lib/tokens/delete'
import { deleteTokens, revokeTokens } from '#lib/tokens/each'
import { editToken } from '#lib/tokens/edit'
import { finishReveal } from '#lib/tokens/finish-reveal'
import { getToken } from '#lib/tokens/get'
import { restoreToken } from '#lib/tokens/restore'
import { copyToken, revealToken } from '#lib/tokens/reveal'
import { revokeToken } from '#lib/tokens/revoke'
import { rotateToken } from '#lib/tokens/rotate'
import { DAY, desk, refused } from '#lib/tokens/testing/desk'
import { openGateway } from '#lib/tokens/testing/gateway'

type World = Awaited<ReturnType<typeof desk>>

const own = (ctx: Context, name = 'Laptop', more: object = {}) =>
  createToken(ctx, { organizationId: null, name, ...more })

const VERBS: Record<string, (ctx: Context, tokenId: string) => Promise<unknown>> = {
  see: (ctx, tokenId) => getToken(ctx, null, tokenId),
  edit: (ctx, tokenId) => editToken(ctx, { tokenId, name: 'Renamed' }),
  copy: (ctx, tokenId) => copyToken(ctx, { tokenId, key: 'AAECAwQFBgcICQoLDA0ODw' }),
  reveal: (ctx, tokenId) => revealToken(ctx, { tokenId, key: 'AAECAwQFBgcICQoLDA0ODw' }),
  finish: (ctx, tokenId) => finishReveal(ctx, { tokenId }),
  rotate: (ctx, tokenId) => rotateToken(ctx, { tokenId, overlapSeconds: 0 }),
  revoke: (ctx, tokenId) => revokeToken(ctx, { tokenId }),
  restore: (ctx, tokenId) => restoreToken(ctx, { tokenId }),
  'revoke and delete': (ctx, tokenId) => revokeToken(ctx, { tokenId, andDelete: true }),
}

test('a viewer does everything with their own tokens', async () => {
  const { person, alder, trail } = await desk()
  const viewer = await person(alder, 'viewer')
  const token = await own(viewer)
  expect(token).toMatchObject({ kind: 'personal', head: 'tok_pat_', actions: ['reveal', 'copy', 'edit', 'revoke'] })
  for (const verb of Object.values(VERBS)) await verb(viewer, token.id)
  expect(await trail(token.id)).toEqual([
    ...['created', 'edited', 'copied', 'revealed', 'rotated', 'revoked', 'restored', 'revoked', 'deleted'].map(
      (action) => `token.${action}`,
    ),
  ])
})

describe('a personal token does not exist for', () => {
  const OTHERS: Record<string, (world: World) => Promise<Context>> = {
    'a member beside its owner': ({ person, alder }) => person(alder, 'member'),
    'the admin of the organization': async ({ admin }) => admin,
    'an admin above': ({ person, northwind }) => person(northwind, 'admin'),
    'a platform admin': ({ person, platform }) => person(platform, 'admin'),
  }
  test.each(Object.keys(OTHERS))('%s', async (who) => {
    const world = await desk()
    const owner = await world.person(world.alder, 'member')
    const other = await OTHERS[who]?.(world)
    if (other === undefined) throw new Error(who)
    const { id } = await own(owner)
    for (const [name, verb] of Object.entries(VERBS))
      await expect(verb(other, id), name).rejects.toEqual(refused('not_found'))
    await expect(deleteToken(other, { tokenId: id })).rejects.toEqual(refused('not_found'))
    for (const bulk of [revokeTokens, deleteTokens])
      expect(await bulk(other, { tokenIds: [id] })).toMatchObject([{ refusal: { code: 'not_found' } }])
    expect(await world.trail(id)).toEqual(['token.created'])
  })
})

test('names are the owner’s own: two people may use the same, one person may not', async () => {
  const { person, alder, admin, make } = await desk()
  const member = await person(alder, 'member')
  await make('Laptop')
  await own(member)
  await own(admin)
  await expect(own(member, 'LAPTOP')).rejects.toEqual(refused('name_taken'))
})

test('a personal token is never given tokens:verify, nor what its owner holds nowhere', async () => {
  const { person, alder, northwind, admin } = await desk()
  const member = await person(alder, 'member')
  const scoped = (ctx: Context, ...scopes: string[]) => own(ctx, 'Scoped', { scopes })
  await expect(scoped(admin, 'tokens:verify')).rejects.toEqual(refused('not_held'))
  await expect(scoped(member, 'tokens:write')).rejects.toEqual(refused('not_held'))
  const memberships = [...member.actor.memberships, { organizationId: northwind.id, role: 'admin' as const }]
  const elsewhereAdmin = { ...member, actor: { ...member.actor, memberships } }
  const { id: tokenId } = await scoped(elsewhereAdmin, 'tokens:write')
  const edit = (...scopes: string[]) => editToken(elsewhereAdmin, { tokenId, scopes })
  await expect(edit('tokens:verify')).rejects.toEqual(refused('not_held'))
  expect((await edit('data:read')).scopes).toEqual(['data:read'])
})

test('the tightest policies of all the owner’s organizations count, as they are at that moment', async () => {
  const { person, alder, northwind, sql } = await desk()
  const member = await person(alder, 'member')
  const memberships = [...member.actor.memberships, { organizationId: northwind.id, role: 'viewer' as const }]
  const both = { ...member, actor: { ...member.actor, memberships } }
  const forever = await own(both, 'Forever', { expiration: { kind: 'never' } })
  await revokeToken(both, { tokenId: forever.id })
  await sql`update organizations set longest_lifetime_days = 30 where id = ${northwind.id}`
  await expect(own(both, 'A', { expiration: { kind: 'never' } })).rejects.toEqual(refused('over_policy'))
  await expect(own(both, 'A', { expiration: { kind: 'preset', days: 60 } })).rejects.toEqual(refused('over_policy'))
  await expect(restoreToken(both, { tokenId: forever.id })).rejects.toEqual(refused('over_policy'))
  const short = await own(both, 'Short')
  expect(short.expiresAt).toEqual(new Date(both.clock().getTime() + 30 * DAY))
  expect(short.actions).not.toContain('delete')
  await sql`update organizations set delete_policy = 'any'`
  await deleteToken(both, { tokenId: short.id })
})

test('personal tokens count against no limit', async () => {
  const { person, alder, admin, make, sql } = await desk()
  const member = await person(alder, 'member')
  await sql`update organizations set token_limit_override = 2 where id = ${alder.id}`
  for (let n = 0; n < 4; n++) await own(member, `Own ${n}`)
  await own(admin)
  await make()
  await expect(make('One too many')).rejects.toEqual(refused('token_limit'))
  const { id: tokenId } = await own(member, 'Own, at the limit')
  await revokeToken(member, { tokenId })
  expect((await restoreToken(member, { tokenId })).status).toBe('active')
})

test('a suspended organization keeps nobody from their own tokens, which do not work there', async () => {
  const world = await desk()
  const verify = await openGateway(world)
  const member = await world.person(world.alder, 'member')
  await world.sql`update organizations set suspended_at = now() where id = ${world.alder.id}`
  const { id: tokenId } = await own(member)
  const { secret, token } = await revealToken(member, { tokenId, key: newRevealKey() })
  expect(token.stoppedBy).toBeNull()
  expect(await verify(secret)).toBe('suspended')
})

test('the token made at registration has whatever its owner has, until it is narrowed: to nothing, too', async () => {
  const { person, alder, sql, trail } = await desk()
  const member = await person(alder, 'member')
  const [row] = await sql`select id from tokens where user_id = ${member.actor.userId}`
  const tokenId = String(row?.['id'])
  expect(await getToken(member, null, tokenId)).toMatchObject({ name: 'Personal', scopes: null })
  expect((await editToken(member, { tokenId, scopes: [] })).scopes).toEqual([])
  expect((await getToken(member, null, tokenId)).audit[0]?.details).toEqual(["Scopes: all of the owner's → none"])
  expect(await trail(tokenId)).toEqual(['token.created', 'token.edited'])
})
