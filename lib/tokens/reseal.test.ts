import { createSecretKey, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { insertSecret } from '#db/queries/token-secrets'
import { insertToken } from '#db/queries/tokens'
import type { SealKey } from '#lib/env/variables'
import { NOW, newRevealKey, testWorld } from '#lib/testing/world'
import { resealAll } from '#lib/tokens/reseal'
import { revealToken } from '#lib/tokens/reveal'
import { sealSecret } from '#lib/tokens/seal'
import { deriveSecret, digestOf, newSalt, newTokenId, revealKeyDigest, tailOf } from '#lib/tokens/secret'

const newSealKey = (id: string): SealKey => ({ id, key: createSecretKey(randomBytes(32)) })
const [older, newer] = [newSealKey('older'), newSealKey('newer')]

/** Tokens of the platform, which has no limit, kept under the older key, with their secrets. */
async function keptUnderOlder(count: number) {
  const world = await testWorld()
  await world.sql`update organizations set reveal_policy = 'anytime'`
  const admin = { ...(await world.person(world.platform, 'admin')), sealKeys: [older] }
  const kept: { id: string; secret: string }[] = []
  // Past the verbs and in one transaction: making hundreds by them would take longer than what is tested.
  await world.db.transaction(async (tx) => {
    for (let n = 0; n < count; n++) {
      const id = newTokenId()
      const [key, salt, name] = [newRevealKey(), newSalt(), `Token ${n}`]
      const secret = deriveSecret({ prefix: 'tok', kind: 'organization', id, key, salt })
      await insertToken(tx, {
        ...{ id, kind: 'organization', organizationId: world.platform.id, scopes: [], name, nameKey: name },
        ...{ createdAt: NOW, updatedAt: NOW },
      })
      await insertSecret(tx, {
        ...{ tokenId: id, state: 'current', prefix: 'tok', digest: digestOf(secret), tail: tailOf(secret) },
        ...{ mintedAt: NOW, revealKeyDigest: revealKeyDigest(key), revealUntil: NOW },
        ...sealSecret(secret, older, id),
      })
      kept.push({ id, secret: secret.reveal() })
    }
  })
  const opens = async (sealKeys: readonly SealKey[], { id, secret }: (typeof kept)[number]) => {
    const opened = await revealToken({ ...admin, sealKeys }, { tokenId: id, key: newRevealKey() }).catch(() => null)
    return opened?.secret.reveal() === secret
  }
  return { ...world, kept, opens }
}

test('every kept secret is sealed anew under the newest key, whoever reveals meanwhile, and the older one can go', async () => {
  const { db, kept, opens } = await keptUnderOlder(230)
  const resealing = resealAll(db, [newer, older])
  const meanwhile = await Promise.all(kept.slice(0, 20).map((each) => opens([newer, older], each)))
  expect(meanwhile.every(Boolean)).toBe(true)
  await resealing
  // What was held by a reveal at that moment is left for the next run.
  expect((await resealAll(db, [newer, older])).under).toEqual(new Map([['newer', 230]]))
  for (const each of kept.slice(0, 5)) expect(await opens([newer], each)).toBe(true)
})

test('what was stopped in the middle goes on where it was', async () => {
  const { db, kept, opens } = await keptUnderOlder(210)
  const stopped = resealAll(db, [newer, older], () => {
    throw new Error('stopped')
  })
  await expect(stopped).rejects.toThrow('stopped')
  for (const each of kept.slice(0, 5)) expect(await opens([newer, older], each)).toBe(true)
  expect(await resealAll(db, [newer, older])).toEqual({ done: 10, under: new Map([['newer', 210]]) })
})

test('what no key opens is left as it is and told, and keeps nothing else back', async () => {
  const { db, sql, kept } = await keptUnderOlder(3)
  const spoilt = kept.map(({ id }) => id).toSorted()[0] ?? ''
  await sql`update token_secrets set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) where token_id = ${spoilt}`
  expect(await resealAll(db, [newer, older])).toEqual({
    done: 2,
    under: new Map([
      ['newer', 2],
      ['older', 1],
    ]),
  })
})
