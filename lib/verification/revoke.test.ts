import { expect, onTestFinished, test } from 'vitest'
import { openVerificationDatabase } from '#db/verification-client'
import type { Context } from '#lib/context'
import { expectOneOrder } from '#lib/testing/one-order'
import { newRevealKey } from '#lib/testing/world'
import { restoreToken } from '#lib/tokens/restore'
import { revealToken } from '#lib/tokens/reveal'
import { revokeToken } from '#lib/tokens/revoke'
import { rotateToken } from '#lib/tokens/rotate'
import type { SecretString } from '#lib/tokens/secret'
import { desk, MINUTE, refused } from '#lib/tokens/testing/desk'
import { revokeByHolder } from '#lib/verification/revoke'
import { withoutMemory } from '#lib/verification/testing/without-memory'

async function held() {
  const world = await desk()
  const database = openVerificationDatabase(world.url, { connections: 1 })
  const changes = openVerificationDatabase(world.url, { connections: 2 })
  onTestFinished(async () => {
    await Promise.all([database.close(), changes.close()])
  })
  const reveal = async (tokenId: string, ctx: Context = world.admin) =>
    (await revealToken(ctx, { tokenId, key: newRevealKey() })).secret
  const revoke = (secret: SecretString) =>
    revokeByHolder(
      { lookUps: withoutMemory(database), forgetToken: () => {}, changes, prefixes: ['tok'], clock: world.clock },
      secret,
      {
        address: null,
        userAgent: undefined,
      },
    )
  return { ...world, reveal, revoke }
}

test('what whoever held it revoked cannot be restored', async () => {
  const { admin, make, reveal, revoke, trail } = await held()
  const { id: tokenId } = await make()
  await revoke(await reveal(tokenId))
  await expect(restoreToken(admin, { tokenId })).rejects.toEqual(refused('compromised'))
  expect(await trail(tokenId)).toEqual(['token.created', 'token.revealed', 'token.revoked'])
})

test('a secret that a rotation left stops alone, and a pending rotation leaves it the current one', async () => {
  const { admin, make, reveal, revoke, trail, sql, clock, pass } = await held()
  const { id: tokenId } = await make()
  const old = await reveal(tokenId)
  await rotateToken(admin, { tokenId, overlapSeconds: 3600 })
  const current = await reveal(tokenId)
  pass(MINUTE)
  await revoke(old)
  const retiresAt = async () =>
    (await sql`select retires_at as at from token_secrets where token_id = ${tokenId} and state = 'retiring'`)[0]?.[
      'at'
    ]
  expect(await retiresAt()).toEqual(clock())
  pass(1_000)
  await revoke(old)
  expect((await trail(tokenId)).at(-1)).toBe('token.secret_retired')
  expect(await trail(tokenId)).toHaveLength(5)
  await rotateToken(admin, { tokenId, overlapSeconds: 3600 })
  await revoke(current)
  expect((await trail(tokenId)).at(-1)).toBe('token.revoked')
})

test('a revocation that cannot be told of in the trail is none', async () => {
  const { make, reveal, revoke, sql } = await held()
  const { id: tokenId } = await make()
  const secret = await reveal(tokenId)
  await sql`alter table audit_events add constraint no_more check (action <> 'token.revoked')`
  await expect(revoke(secret)).rejects.toMatchObject({ name: 'DatabaseUnavailable' })
  expect(await sql`select revoked_at, compromised from tokens where id = ${tokenId}`).toEqual([
    { revoked_at: null, compromised: false },
  ])
  await sql`alter table audit_events drop constraint no_more`
  await revoke(secret)
  expect(await sql`select compromised from tokens where id = ${tokenId}`).toEqual([{ compromised: true }])
})

test('revoked at once by an admin and by whoever holds it, a token ends as one after the other would have it', async () => {
  const world = await held()
  const { admin, make, reveal, revoke, trail, sql } = world
  let made = 0
  await expectOneOrder(world, 6, async () => {
    const { id: tokenId } = await make(`Contended ${made++}`)
    const secret = await reveal(tokenId)
    return {
      acts: [
        ['holder', () => revoke(secret)],
        ['admin', () => revokeToken(admin, { tokenId })],
      ],
      look: async () => {
        const [row] = await sql`select compromised, revoked_by is null as by_holder from tokens where id = ${tokenId}`
        await sql`delete from token_secrets where token_id = ${tokenId}`
        await sql`update tokens set deleted_at = now() where id = ${tokenId}`
        return [row, await trail(tokenId)]
      },
    }
  })
})
