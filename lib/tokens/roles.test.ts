import { describe, expect, test } from 'vitest'
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

type World = Awaited<ReturnType<typeof testWorld>>

const WHO = {
  viewer: (world) => world.person(world.alder, 'viewer'),
  member: (world) => world.person(world.alder, 'member'),
  admin: (world) => world.person(world.alder, 'admin'),
  'admin above': (world) => world.person(world.northwind, 'admin'),
  'admin two above': (world) => world.person(world.platform, 'admin'),
  'admin above who is also a member': async (world) => {
    const ctx = await world.person(world.northwind, 'admin')
    return {
      ...ctx,
      actor: {
        ...ctx.actor,
        memberships: [...ctx.actor.memberships, { organizationId: world.alder.id, role: 'admin' }],
      },
    }
  },
  'member above': (world) => world.person(world.northwind, 'member'),
  sibling: async (world) => world.person(await world.organization('Birch', world.northwind, 'customer'), 'admin'),
  nobody: async (world) => {
    const ctx = await world.person(world.alder, 'admin')
    return { ...ctx, actor: { ...ctx.actor, memberships: [] } }
  },
} satisfies Record<string, (world: World) => Promise<Context>>

type Verb = 'see' | 'create' | 'reveal' | 'copy' | 'finish' | 'edit' | 'revoke' | 'restore' | 'delete'
const MANAGE = ['create', 'edit', 'revoke', 'restore', 'delete'] as const
const OPEN = ['reveal', 'copy', 'finish'] as const

// What each may do; the rest is `forbidden` for those who may see, and `not_found` for those who may not.
const MAY: Record<keyof typeof WHO, readonly Verb[]> = {
  viewer: ['see'],
  member: ['see', ...OPEN],
  admin: ['see', ...OPEN, ...MANAGE],
  'admin above': ['see', ...MANAGE],
  'admin two above': ['see', ...MANAGE],
  'admin above who is also a member': ['see', ...MANAGE],
  'member above': [],
  sibling: [],
  nobody: [],
}

describe.each(Object.keys(WHO) as (keyof typeof WHO)[])('%s', (who) => {
  test(`may ${MAY[who].join(', ') || 'not even see'}, and is refused the rest`, async () => {
    const world = await testWorld()
    const actor = await WHO[who](world)
    const owner = await world.person(world.alder, 'admin')
    const token = (name: string) => createToken(owner, { organizationId: world.alder.id, name })
    const active = await token('Active')
    const revoked = await token('Revoked')
    await revokeToken(owner, { tokenId: revoked.id })
    const ended = await token('Ended')
    await revokeToken(owner, { tokenId: ended.id })
    const key = newRevealKey()

    const verbs: Record<Verb, () => Promise<unknown>> = {
      see: () => getToken(actor, world.alder.id, active.id),
      create: () => createToken(actor, { organizationId: world.alder.id, name: 'New' }),
      reveal: () => revealToken(actor, { tokenId: active.id, key }),
      copy: () => copyToken(actor, { tokenId: active.id, key }),
      finish: () => finishReveal(actor, { tokenId: active.id }),
      edit: () => editToken(actor, { tokenId: active.id, name: 'Renamed' }),
      restore: () => restoreToken(actor, { tokenId: revoked.id }),
      revoke: () => revokeToken(actor, { tokenId: active.id }),
      delete: () => deleteToken(actor, { tokenId: ended.id }),
    }
    const outcomes: Partial<Record<Verb, string>> = {}
    for (const [verb, run] of Object.entries(verbs))
      outcomes[verb as Verb] = await run().then(
        () => 'allowed',
        (error) => error.code ?? error,
      )
    const refusal = MAY[who].includes('see') ? 'forbidden' : 'not_found'
    const expected = Object.fromEntries(
      Object.keys(verbs).map((verb) => [verb, MAY[who].includes(verb as Verb) ? 'allowed' : refusal]),
    )
    expect(outcomes).toEqual(expected)
  })
})

test('nobody grants a scope that they do not hold, nor one that does not exist', async () => {
  const world = await testWorld()
  const admin = await world.person(world.alder, 'admin')
  const create = (scopes: string[]) => createToken(admin, { organizationId: world.alder.id, name: 'A', scopes })
  await expect(create(['measurements:write'])).rejects.toMatchObject({
    code: 'not_held',
    fields: { scopes: expect.any(String) },
  })
  expect((await create(['tokens:verify', 'tokens:write'])).scopes).toEqual(['tokens:verify', 'tokens:write'])
})

test('an active token’s row offers what the role may do, and nothing else', async () => {
  const world = await testWorld()
  const admin = await world.person(world.alder, 'admin')
  const token = await createToken(admin, { organizationId: world.alder.id, name: 'A' })
  const offered = async (ctx: Context) => (await getToken(ctx, world.alder.id, token.id)).actions
  expect(await offered(await world.person(world.alder, 'viewer'))).toEqual([])
  expect(await offered(await world.person(world.alder, 'member'))).toEqual(['reveal', 'copy'])
  expect(await offered(await world.person(world.northwind, 'admin'))).toEqual(['edit', 'revoke'])
  expect(await offered(admin)).toEqual(['reveal', 'copy', 'edit', 'revoke'])
})

test('the trail is read by admins of the organization and above, by nobody else', async () => {
  const world = await testWorld()
  const admin = await world.person(world.alder, 'admin')
  const token = await createToken(admin, { organizationId: world.alder.id, name: 'A' })
  const events = async (ctx: Context) => (await getToken(ctx, world.alder.id, token.id)).audit.length
  expect(await events(admin)).toBe(1)
  expect(await events(await world.person(world.northwind, 'admin'))).toBe(1)
  expect(await events(await world.person(world.alder, 'member'))).toBe(0)
})

test('a role that was taken away after the actor was loaded counts no more', async () => {
  const world = await testWorld()
  const admin = await world.person(world.alder, 'admin')
  const { id } = await createToken(admin, { organizationId: world.alder.id, name: 'Kept' })
  await world.sql`delete from memberships where user_id = ${admin.actor.userId}`
  const missing = expect.objectContaining({ code: 'not_found' })
  await expect(createToken(admin, { organizationId: world.alder.id, name: 'New' })).rejects.toEqual(missing)
  await expect(editToken(admin, { tokenId: id, name: 'Other' })).rejects.toEqual(missing)
  await expect(revealToken(admin, { tokenId: id, key: newRevealKey() })).rejects.toEqual(missing)
})
