import { expect, test } from 'vitest'
import { newRevealKey } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { finishReveal } from '#lib/tokens/finish-reveal'
import { copyToken, revealToken } from '#lib/tokens/reveal'
import { DAY, desk, MINUTE, refused } from '#lib/tokens/testing/desk'

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

test('nobody ends another person’s reveal', async () => {
  const { admin, alder, person, make } = await desk()
  const { id: tokenId } = await make()
  const key = newRevealKey()
  const first = await revealToken(admin, { tokenId, key })
  await finishReveal(await person(alder, 'member'), { tokenId })
  expect((await revealToken(admin, { tokenId, key })).secret.reveal()).toBe(first.secret.reveal())
})
