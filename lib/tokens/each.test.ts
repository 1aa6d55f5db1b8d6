import { expect, test } from 'vitest'
import { createToken } from '#lib/tokens/create'
import { deleteTokens, revokeTokens } from '#lib/tokens/each'
import { editToken } from '#lib/tokens/edit'
import { getToken } from '#lib/tokens/get'
import { restoreToken } from '#lib/tokens/restore'
import { revokeToken } from '#lib/tokens/revoke'
import { RevokeTokensInput } from '#lib/tokens/schema'
import { DAY, desk } from '#lib/tokens/testing/desk'

const NO_SUCH = '0'.repeat(16)

/** What became of each, as a code; `null`: it was done. */
const codes = (outcomes: Awaited<ReturnType<typeof revokeTokens>>) =>
  outcomes.map(({ refusal }) => refusal?.code ?? null)

test('revoking several tells of each by itself, in the order asked, and does what can be done', async () => {
  const { admin, make, pass, trail, alder } = await desk()
  const ended = await make('Ended', admin)
  await editToken(admin, { tokenId: ended.id, expiration: { kind: 'preset', days: 30 } })
  const revoked = await make('Revoked')
  await revokeToken(admin, { tokenId: revoked.id, reason: 'Before' })
  pass(31 * DAY)
  const [one, two] = [await make('One'), await make('Two')]
  const tokenIds = [one.id, NO_SUCH, revoked.id, ended.id, two.id]
  const outcomes = await revokeTokens(admin, { tokenIds, reason: 'Moved' })
  expect(outcomes.map(({ tokenId }) => tokenId)).toEqual(tokenIds)
  expect(codes(outcomes)).toEqual([null, 'not_found', 'not_active', 'expired', null])
  expect(outcomes[2]?.refusal?.message).toBe('This token is revoked. Restore it first.')
  for (const { id } of [one, two]) {
    expect(await trail(id)).toEqual(['token.created', 'token.revoked'])
    expect(await getToken(admin, alder.id, id)).toMatchObject({ status: 'revoked', revokeReason: 'Moved' })
  }
  expect((await getToken(admin, alder.id, revoked.id)).revokeReason).toBe('Before')
})

test('deleting several leaves the active ones where the policy says so, and deletes the others', async () => {
  const { admin, make, sql, alder, trail } = await desk()
  const active = await make('Active')
  const revoked = await make('Revoked')
  await revokeToken(admin, { tokenId: revoked.id })
  const tokenIds = [active.id, revoked.id]
  expect(codes(await deleteTokens(admin, { tokenIds }))).toEqual(['not_deletable', null])
  expect(codes(await deleteTokens(admin, { tokenIds }))).toEqual(['not_deletable', 'not_found'])
  await sql`update organizations set delete_policy = 'any' where slug <> 'platform'`
  expect(codes(await deleteTokens(admin, { tokenIds }))).toEqual([null, 'not_found'])
  expect(await trail(active.id)).toEqual(['token.created', 'token.deleted'])
  await expect(getToken(admin, alder.id, active.id)).rejects.toMatchObject({ code: 'not_found' })
})

test('who may not do it to one may not do it to several, wherever those are', async () => {
  const { admin, make, person, alder, platform, trail } = await desk()
  const token = await make()
  const root = await person(platform, 'admin')
  const elsewhere = await createToken(root, { organizationId: platform.id, name: 'Of the platform' })
  const own = await createToken(root, { organizationId: null, name: 'Own' })
  const tokenIds = [token.id, elsewhere.id, own.id]
  const member = await person(alder, 'member')
  expect(codes(await revokeTokens(member, { tokenIds }))).toEqual(['forbidden', 'not_found', 'not_found'])
  expect(await trail(token.id)).toEqual(['token.created'])
  expect(codes(await revokeTokens(root, { tokenIds }))).toEqual([null, null, null])
  expect(codes(await deleteTokens(admin, { tokenIds }))).toEqual([null, 'not_found', 'not_found'])
})

test('a fault in the middle is no refusal: it is thrown, and what was done before it stays done', async () => {
  const { admin, make, sql, alder } = await desk()
  const [one, two] = [await make('One'), await make('Two')]
  await sql.unsafe(`alter table audit_events add constraint no_more
    check (action <> 'token.revoked' or target_id <> '${two.id}')`)
  await expect(revokeTokens(admin, { tokenIds: [one.id, two.id] })).rejects.toMatchObject({ cause: { code: '23514' } })
  expect((await getToken(admin, alder.id, one.id)).status).toBe('revoked')
  expect((await restoreToken(admin, { tokenId: one.id })).status).toBe('active')
})

test('a token named twice is done once, and a hundred are the most', () => {
  const ids = Array.from({ length: 101 }, (_, index) => String(index).padStart(16, '0'))
  expect(RevokeTokensInput.parse({ tokenIds: [NO_SUCH, NO_SUCH] }).tokenIds).toEqual([NO_SUCH])
  expect(RevokeTokensInput.safeParse({ tokenIds: ids }).success).toBe(false)
  expect(RevokeTokensInput.safeParse({ tokenIds: ids.slice(1) }).success).toBe(true)
  expect(RevokeTokensInput.safeParse({ tokenIds: [] }).success).toBe(false)
})
