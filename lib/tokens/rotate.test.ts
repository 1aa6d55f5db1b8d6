import { expect, test } from 'vitest'
import type { Context } from '#lib/context'
import { newRevealKey } from '#lib/testing/world'
import { editToken } from '#lib/tokens/edit'
import { finishReveal } from '#lib/tokens/finish-reveal'
import { getToken } from '#lib/tokens/get'
import { restoreToken } from '#lib/tokens/restore'
import { revealToken } from '#lib/tokens/reveal'
import { revokeToken } from '#lib/tokens/revoke'
import { rotateToken } from '#lib/tokens/rotate'
import { DAY, desk, HOUR, MINUTE, refused } from '#lib/tokens/testing/desk'
import { openGateway } from '#lib/tokens/testing/gateway'

/** A token that is revealed, with what rotates it as somebody who just gave their password. */
async function revealed() {
  const world = await desk()
  const verify = await openGateway(world)
  const { admin, clock, alder, make } = world
  const { id: tokenId } = await make()
  const reveal = async (key = newRevealKey(), ctx: Context = admin) => (await revealToken(ctx, { tokenId, key })).secret
  const rotate = (overlapSeconds: 0 | 3_600 | 86_400 | 604_800, ctx: Context = admin) =>
    rotateToken({ ...ctx, actor: { ...ctx.actor, confirmedAt: clock() } }, { tokenId, overlapSeconds })
  const firstKey = newRevealKey()
  const first = await reveal(firstKey)
  const view = () => getToken(admin, alder.id, tokenId)
  return { ...world, verify, tokenId, reveal, rotate, firstKey, first, view }
}

test('until the next reveal a rotation changes nothing for callers', async () => {
  const { rotate, verify, first, tokenId, pass, view, trail } = await revealed()
  const before = await view()
  const rotated = await rotate(0)
  expect(rotated).toMatchObject({ rotation: { overlapSeconds: 0 }, retiring: null, tail: before.tail })
  expect(rotated.actions).toEqual(['reveal', 'copy', 'edit', 'rotate', 'revoke'])
  pass(8 * DAY)
  expect(await verify(first)).toBe('active')
  expect(await trail(tokenId)).toEqual(['token.created', 'token.revealed', 'token.rotated'])
})

test('the next reveal mints the new secret, and the old one retires the chosen overlap after it, to the very instant', async () => {
  const { rotate, reveal, verify, first, pass, clock, view } = await revealed()
  await rotate(3_600)
  pass(2 * DAY)
  const second = await reveal()
  expect(second.reveal()).not.toBe(first.reveal())
  expect(await view()).toMatchObject({
    tail: second.reveal().slice(-4),
    mintedAt: clock(),
    rotation: null,
    retiring: { tail: first.reveal().slice(-4), until: new Date(clock().getTime() + HOUR) },
  })
  pass(HOUR - 1)
  expect(await verify(first)).toBe('active')
  expect(await verify(second)).toBe('active')
  pass(1)
  expect(await verify(first)).toBe('secret_retired')
  expect(await verify(second)).toBe('active')
  expect((await view()).retiring).toBeNull()
})

test('with no overlap the old secret is refused from the reveal on, and nobody opens it any more', async () => {
  const { rotate, reveal, verify, first, firstKey } = await revealed()
  await rotate(0)
  const second = await reveal()
  await expect(reveal(firstKey)).rejects.toEqual(refused('already_revealed'))
  expect(await verify(first)).toBe('secret_retired')
  expect(await verify(second)).toBe('active')
})

test('a retry of the reveal gives the same secret and moves no time', async () => {
  const { rotate, reveal, verify, first, pass, view } = await revealed()
  await rotate(3_600)
  const key = newRevealKey()
  const second = await reveal(key)
  const { retiring, mintedAt } = await view()
  pass(9 * MINUTE)
  expect((await reveal(key)).reveal()).toBe(second.reveal())
  expect(await view()).toMatchObject({ retiring, mintedAt })
  pass(51 * MINUTE)
  expect(await verify(first)).toBe('secret_retired')
})

test('rotating again only changes the overlap, and asking for the same again not even that', async () => {
  const { rotate, reveal, verify, first, pass, tokenId, trail } = await revealed()
  await rotate(604_800)
  await rotate(3_600)
  await rotate(3_600)
  expect((await trail(tokenId)).filter((action) => action === 'token.rotated')).toHaveLength(2)
  await reveal()
  await expect(reveal()).rejects.toEqual(refused('already_revealed'))
  pass(HOUR)
  expect(await verify(first)).toBe('secret_retired')
})

test('a secret that still retires ends at the reveal of the next rotation', async () => {
  const { rotate, reveal, verify, first } = await revealed()
  await rotate(604_800)
  const second = await reveal()
  await rotate(604_800)
  expect([await verify(first), await verify(second)]).toEqual(['active', 'active'])
  const third = await reveal()
  expect([await verify(first), await verify(second), await verify(third)]).toEqual(['not_found', 'active', 'active'])
})

test('a key of the current or of the retiring secret never mints, however late it comes', async () => {
  const { rotate, reveal, verify, first, firstKey, pass, view } = await revealed()
  await rotate(86_400)
  expect((await reveal(firstKey)).reveal()).toBe(first.reveal())
  expect((await view()).rotation).toEqual({ overlapSeconds: 86_400 })
  pass(10 * MINUTE)
  await expect(reveal(firstKey)).rejects.toEqual(refused('already_revealed'))
  const second = await reveal()
  await rotate(0)
  pass(2 * DAY)
  await expect(reveal(firstKey)).rejects.toEqual(refused('already_revealed'))
  expect(await view()).toMatchObject({ rotation: { overlapSeconds: 0 }, tail: second.reveal().slice(-4) })
  expect(await verify(second)).toBe('active')
})

test('within its ten minutes the old secret is opened again by its key', async () => {
  const { rotate, reveal, first, firstKey } = await revealed()
  await rotate(3_600)
  await reveal()
  expect((await reveal(firstKey)).reveal()).toBe(first.reveal())
})

test('revoke and restore keep a rotation that waits, and time passes for a secret that retires meanwhile', async () => {
  const { rotate, reveal, verify, first, admin, tokenId, pass } = await revealed()
  await rotate(3_600)
  await revokeToken(admin, { tokenId })
  await expect(reveal()).rejects.toEqual(refused('not_active'))
  await expect(rotate(0)).rejects.toEqual(refused('not_active'))
  expect((await restoreToken(admin, { tokenId })).rotation).toEqual({ overlapSeconds: 3_600 })
  const second = await reveal()
  await revokeToken(admin, { tokenId })
  expect([await verify(first), await verify(second)]).toEqual(['revoked', 'revoked'])
  pass(HOUR)
  expect([await verify(first), await verify(second)]).toEqual(['secret_retired', 'revoked'])
  await restoreToken(admin, { tokenId })
  expect([await verify(first), await verify(second)]).toEqual(['secret_retired', 'active'])
})

test('the expiration stays through a rotation; a later one counts from the new minting', async () => {
  const { rotate, reveal, admin, tokenId, pass, sql, alder, view } = await revealed()
  await sql`update organizations set longest_lifetime_days = 90 where id = ${alder.id}`
  const { expiresAt } = await view()
  pass(50 * DAY)
  const later = () => editToken(admin, { tokenId, expiration: { kind: 'preset', days: 60 } })
  await rotate(0)
  await expect(later()).rejects.toEqual(refused('over_policy'))
  await reveal()
  expect((await view()).expiresAt).toEqual(expiresAt)
  await later()
  expect((await view()).expiresAt).not.toEqual(expiresAt)
})

test('what has no secret yet, is revoked or has expired is not rotated', async () => {
  const { rotate, make, admin, pass } = await revealed()
  const { id } = await make('Not revealed')
  await expect(rotateToken(admin, { tokenId: id, overlapSeconds: 0 })).rejects.toEqual(refused('not_revealed'))
  pass(91 * DAY)
  await expect(rotate(0)).rejects.toEqual(refused('expired'))
})

test('rotating takes a password given within ten minutes', async () => {
  const { admin, clock, tokenId, trail } = await revealed()
  const rotate = (confirmedAt: Date | null) =>
    rotateToken({ ...admin, actor: { ...admin.actor, confirmedAt } }, { tokenId, overlapSeconds: 0 })
  const ago = (milliseconds: number) => new Date(clock().getTime() - milliseconds)
  await expect(rotate(null)).rejects.toEqual(refused('confirmation_required'))
  await expect(rotate(ago(10 * MINUTE))).rejects.toEqual(refused('confirmation_required'))
  expect(await trail(tokenId)).toEqual(['token.created', 'token.revealed'])
  await rotate(ago(10 * MINUTE - 1))
})

test('an admin above has a token rotated and never sees the secret, which a member reveals', async () => {
  const { rotate, reveal, person, northwind, alder } = await revealed()
  const above = await person(northwind, 'admin')
  const member = await person(alder, 'member')
  await expect(rotate(0, member)).rejects.toEqual(refused('forbidden'))
  expect((await rotate(0, above)).actions).toEqual(['edit', 'rotate', 'revoke'])
  await expect(reveal(newRevealKey(), above)).rejects.toEqual(refused('forbidden'))
  const key = newRevealKey()
  await reveal(key, member)
  await expect(reveal(key)).rejects.toEqual(refused('already_revealed'))
})

test('Done and the first use end the reveal of a rotated secret as of any other', async () => {
  const { rotate, reveal, verify, admin, tokenId } = await revealed()
  const key = newRevealKey()
  await rotate(3_600)
  await reveal(key)
  await finishReveal(admin, { tokenId })
  await expect(reveal(key)).rejects.toEqual(refused('already_revealed'))
  const next = newRevealKey()
  await rotate(3_600)
  const third = await reveal(next)
  await verify(third)
  await expect(reveal(next)).rejects.toEqual(refused('already_revealed'))
})

test('nobody learns of a secret that it retired without having that secret', async () => {
  const { rotate, reveal, first, verify, sql, tokenId } = await revealed()
  await rotate(0)
  await reveal()
  await sql`update token_secrets set digest = ${Buffer.alloc(32)} where token_id = ${tokenId} and state = 'retiring'`
  expect(await verify(first)).toBe('not_found')
})

test('a key that comes too late is told to reveal anew while a rotation waits, and to rotate where none does', async () => {
  const { reveal, rotate, firstKey, pass } = await revealed()
  pass(10 * MINUTE)
  await expect(reveal(firstKey)).rejects.toThrow('Rotate it to get a new secret.')
  await rotate(3_600)
  await expect(reveal(firstKey)).rejects.toThrow('Reveal the token anew to get the new one.')
})
