import { expect, test } from 'vitest'
import type { Context } from '#lib/context'
import { loadListSearch } from '#lib/lists/search'
import { listMembers } from '#lib/members/list'
import { newRevealKey } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { editToken } from '#lib/tokens/edit'
import { getToken } from '#lib/tokens/get'
import { restoreToken } from '#lib/tokens/restore'
import { revealToken } from '#lib/tokens/reveal'
import { revokeToken } from '#lib/tokens/revoke'
import { revokePersonalTokens } from '#lib/tokens/revoke-personal'
import { listPersonalTokensOf } from '#lib/tokens/revoke-personal-list'
import { ListPersonalTokensInput, RevokePersonalTokensInput } from '#lib/tokens/schema'
import { DAY, desk, MINUTE, refused } from '#lib/tokens/testing/desk'
import { openGateway } from '#lib/tokens/testing/gateway'

const UNKNOWN = '0000000000000000'
const reason = 'Seen in a public repository'

const own = (ctx: Context, name = 'Laptop') => createToken(ctx, { organizationId: null, name })

async function platformDesk() {
  const world = await desk()
  const root = await world.person(world.platform, 'admin')
  const owner = await world.person(world.alder, 'member')
  const list = (ctx: Context = root) => listPersonalTokensOf(ctx, { userId: owner.actor.userId })
  return { ...world, root, owner, list }
}

test('a personal token that leaked is refused by every verifier at once, and its owner cannot restore it', async () => {
  const world = await platformDesk()
  const { root, owner } = world
  const verify = await openGateway(world)
  const { id: tokenId } = await own(owner)
  const { secret } = await revealToken(owner, { tokenId, key: newRevealKey() })
  expect(await verify(secret)).toBe('active')
  const outcomes = await revokePersonalTokens(root, { tokenIds: [tokenId], reason, leaked: true })
  expect(outcomes).toMatchObject([{ tokenId, refusal: null }])
  expect(await verify(secret)).toBe('revoked')
  await expect(restoreToken(owner, { tokenId })).rejects.toEqual(refused('compromised'))
  await expect(editToken(owner, { tokenId, status: 'active' })).rejects.toEqual(refused('compromised'))
  const seen = await getToken(owner, null, tokenId)
  expect(seen).toMatchObject({
    status: 'revoked',
    compromised: true,
    revokeReason: reason,
    revokedBy: root.actor.email,
  })
  expect(seen.revokedAt).toEqual(root.clock())
  expect(seen.actions).not.toContain('restore')
  expect(seen.audit[0]).toMatchObject({
    action: 'token.revoked',
    actor: root.actor.email,
    details: [`Owner: ${owner.actor.email}`, "It leaked, so it can't be restored", `Reason: ${reason}`],
  })
})

test('one that did not leak is restored by its owner, and works again', async () => {
  const { root, owner } = await platformDesk()
  const { id: tokenId } = await own(owner)
  await revokePersonalTokens(root, { tokenIds: [tokenId], reason })
  expect((await restoreToken(owner, { tokenId })).status).toBe('active')
})

test('only an admin of the platform may, and of them nobody who is none any more', async () => {
  const { root, owner, admin, northwind, platform, person, sql, trail, list } = await platformDesk()
  const { id: tokenId } = await own(owner)
  const others: readonly (readonly [Context, string])[] = [
    [owner, 'not_found'],
    [admin, 'not_found'],
    [await person(northwind, 'admin'), 'not_found'],
    [await person(platform, 'member'), 'forbidden'],
    [await person(platform, 'viewer'), 'forbidden'],
  ]
  for (const [ctx, code] of others) {
    await expect(revokePersonalTokens(ctx, { tokenIds: [tokenId], reason })).rejects.toEqual(refused(code))
    await expect(list(ctx)).rejects.toEqual(refused(code))
  }
  await sql`update memberships set role = 'member' where user_id = ${root.actor.userId}`
  await expect(revokePersonalTokens(root, { tokenIds: [tokenId], reason })).rejects.toEqual(refused('forbidden'))
  expect(await trail(tokenId)).toEqual(['token.created'])
})

test('each is told by itself: what is no personal token is not there, and nothing keeps the others', async () => {
  const { root, owner, admin, make, alder, sql, trail, pass } = await platformDesk()
  const service = await sql`insert into service_accounts (organization_id, name, name_key, role, scopes)
    values (${alder.id}, 'Loader', 'loader', 'viewer', '{data:read}') returning id`
  const made = {
    expired: await createToken(owner, {
      ...{ organizationId: null, name: 'Short' },
      expiration: { kind: 'custom', at: new Date(owner.clock().getTime() + DAY).toISOString() },
    }),
    organization: await make(),
    service: await createToken(admin, {
      ...{ organizationId: alder.id, name: 'Nightly', serviceAccountId: String(service[0]?.['id']) },
      scopes: ['data:read'],
    }),
    revoked: await own(owner, 'Revoked'),
    deleted: await own(owner, 'Deleted'),
    mine: await own(root),
    active: await own(owner, 'Active'),
    other: await own(admin, 'Of another'),
  }
  await revokeToken(owner, { tokenId: made.revoked.id })
  await revokeToken(owner, { tokenId: made.deleted.id, andDelete: true })
  pass(2 * DAY)
  const tokenIds = [UNKNOWN, ...Object.values(made).map(({ id }) => id)]
  const outcomes = await revokePersonalTokens(root, { tokenIds, reason })
  const codes = new Map(outcomes.map(({ tokenId, refusal }) => [tokenId, refusal?.code ?? 'ok']))
  expect(codes.get(UNKNOWN)).toBe('not_found')
  expect(Object.fromEntries(Object.entries(made).map(([name, { id }]) => [name, codes.get(id)]))).toEqual({
    expired: 'expired',
    organization: 'not_found',
    service: 'not_found',
    revoked: 'not_active',
    deleted: 'not_found',
    mine: 'forbidden',
    active: 'ok',
    other: 'ok',
  })
  for (const { id } of [made.active, made.other]) expect(await trail(id)).toEqual(['token.created', 'token.revoked'])
  for (const { id } of [made.organization, made.mine]) expect(await trail(id)).toEqual(['token.created'])
})

test('an event that cannot be written leaves all of them as they were', async () => {
  const { root, owner, sql, trail } = await platformDesk()
  const tokens = [await own(owner, 'One'), await own(owner, 'Two')]
  const last = tokens.map(({ id }) => id).toSorted()[1] ?? ''
  await sql`alter table audit_events add constraint no_more
    check (action <> 'token.revoked' or target_id <> ${sql.unsafe(`'${last}'`)})`
  const tokenIds = tokens.map(({ id }) => id)
  await expect(revokePersonalTokens(root, { tokenIds, reason })).rejects.toThrow()
  for (const id of tokenIds) expect(await trail(id)).toEqual(['token.created'])
})

test('without a reason, or with more than a hundred tokens, it is not even tried', () => {
  const errors = (input: object) =>
    RevokePersonalTokensInput.safeParse(input).error?.issues.map(({ path, message }) => [path[0], message])
  expect(errors({ tokenIds: [UNKNOWN], reason: ' ' })).toEqual([['reason', 'Give a reason.']])
  expect(errors({ tokenIds: [], reason })).toEqual([['tokenIds', 'Choose a token.']])
  expect(errors({ tokenIds: Array.from({ length: 101 }, () => UNKNOWN), reason })).toHaveLength(1)
  expect(errors({ tokenIds: [UNKNOWN], reason, leaked: true })).toBeUndefined()
  expect(ListPersonalTokensInput.safeParse({ userId: 'x' }).success).toBe(false)
})

test('the list has the active personal tokens of one person, newest first, masked and without their names', async () => {
  const { root, owner, admin, northwind, organization, join, sql, pass, list } = await platformDesk()
  const closed = await organization('Closed', northwind, 'customer')
  await join(owner, closed, 'viewer')
  await join(owner, northwind, 'viewer')
  await sql`update organizations set closed_at = now() where id = ${closed.id}`
  await sql`delete from tokens where user_id = ${owner.actor.userId}`
  pass(MINUTE)
  const older = await own(owner, 'Hush hush')
  await revealToken(owner, { tokenId: older.id, key: newRevealKey() })
  pass(MINUTE)
  const newer = await own(owner, 'Hush too')
  await own(admin)
  await revokeToken(owner, { tokenId: (await own(owner, 'Gone')).id })
  const told = await list()
  expect(told).toEqual({
    organizations: 2,
    tokens: [
      { id: newer.id, head: 'tok_pat_', tail: null, createdAt: newer.createdAt, lastUsedAt: null },
      {
        ...{ id: older.id, head: 'tok_pat_', tail: expect.stringMatching(/^[0-9A-Za-z]{4}$/) },
        ...{ createdAt: older.createdAt, lastUsedAt: null },
      },
    ],
  })
  expect(JSON.stringify(told)).not.toContain('Hush')
  await expect(listPersonalTokensOf(root, { userId: crypto.randomUUID() })).rejects.toEqual(refused('not_found'))
})

test('somebody without any has an empty list, and of more than a hundred the newest hundred are listed', async () => {
  const { owner, sql, list } = await platformDesk()
  await sql`delete from tokens where user_id = ${owner.actor.userId}`
  expect((await list()).tokens).toEqual([])
  await sql`insert into tokens (id, kind, user_id, name, name_key, scopes, created_at, updated_at)
    select 't' || lpad(n::text, 15, '0'), 'personal', ${owner.actor.userId}, n::text, n::text, '{}',
      ${owner.clock()}::timestamptz + n * interval '1 second', now()
    from generate_series(1, 101) n`
  const { tokens } = await list()
  expect([tokens.length, tokens[0]?.id, tokens[99]?.id]).toEqual([100, 't000000000000101', 't000000000000002'])
})

test('the members’ list offers it to admins of the platform alone, in every organization', async () => {
  const { root, admin, northwind, platform, alder, person } = await platformDesk()
  const offered = async (ctx: Context, place = alder) =>
    (await listMembers(ctx, place, loadListSearch('?'))).mayRevokePersonal
  expect([await offered(root), await offered(root, platform)]).toEqual([true, true])
  expect([await offered(admin), await offered(await person(northwind, 'admin'))]).toEqual([false, false])
})
