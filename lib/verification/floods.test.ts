import { expect, test } from 'vitest'
import { deriveSecret, newSalt, newTokenId, type SecretString } from '#lib/tokens/secret'
import { client, serveVerifier } from '#lib/verification/testing/http'
import { openWorld } from '#lib/verification/testing/world'

const BURST = 1_000
const PER_SECOND = 100

/** A secret with everything but a token: only the database can tell that there is none. */
const invented = () =>
  deriveSecret({ prefix: 'tok', kind: 'organization', id: newTokenId(), key: 'A'.repeat(22), salt: newSalt() })

/** Asks so often, 50 at a time, and counts the answers by status; `atMost` is what may be looked for in that time. */
async function flood(count: number, ask: () => Promise<{ status: number }>) {
  const counted: Record<number, number> = {}
  const begun = performance.now()
  const one = async () => {
    for (let left = count / 50; left > 0; left--) {
      const { status } = await ask()
      counted[status] = (counted[status] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: 50 }, one))
  return { counted, atMost: BURST + (PER_SECOND * (performance.now() - begun)) / 1_000 }
}

async function flooded() {
  const { url, ready, organizations: at } = await openWorld()
  const gateway = await ready({ organizationId: at.platform }, { scopes: ['tokens:verify'] })
  const tokens = await Promise.all(Array.from({ length: 20 }, () => ready({ organizationId: at.alder })))
  const baseUrl = await serveVerifier(url, { entriesAtMost: 50 })
  const asked = client(baseUrl, gateway.secret)
  const verify = (secret: SecretString) => asked.post(JSON.stringify({ token: secret.reveal() }))
  const allActive = async () => {
    for (const { secret } of tokens) expect(JSON.parse((await verify(secret)).text)).toMatchObject({ active: true })
  }
  await allActive()
  return { baseUrl, verify, allActive }
}

test('tokens that do not exist are looked for within a bound, and then refused for a moment; those in memory are answered all the while', async () => {
  const { verify, allActive } = await flooded()
  const { counted, atMost } = await flood(4_000, () => verify(invented()))
  expect(Object.keys(counted)).toEqual(['200', '429'])
  expect(counted[200]).toBeGreaterThanOrEqual(BURST)
  expect(counted[200]).toBeLessThanOrEqual(atMost)
  const more = await Promise.all(Array.from({ length: 20 }, () => verify(invented())))
  const refused = more.find(({ status }) => status === 429)
  expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '1', 'cache-control': 'no-store' } })
  expect(JSON.parse(refused?.text ?? '')).toMatchObject({ code: 'too_often' })
  await allActive()
}, 30_000)

test('credentials that do not exist are bounded too', async () => {
  const { baseUrl, allActive } = await flooded()
  const { counted, atMost } = await flood(3_000, () => client(baseUrl, invented()).me())
  expect(Object.keys(counted)).toEqual(['401', '429'])
  expect(counted[401]).toBeLessThanOrEqual(atMost)
  await allActive()
}, 30_000)

test('one that does not exist is looked for once in a while, however often it is asked for', async () => {
  const { verify } = await flooded()
  const secret = invented()
  expect((await flood(3_000, () => verify(secret))).counted).toEqual({ 200: 3_000 })
}, 30_000)

test('no-cache reads the database, and draws from the same bound', async () => {
  const { url, ready, sql, organizations: at } = await openWorld()
  const gateway = await ready({ organizationId: at.platform }, { scopes: ['tokens:verify'] })
  const { id, secret } = await ready({ organizationId: at.alder })
  const asked = client(await serveVerifier(url), gateway.secret)
  const verify = (headers = {}) => asked.post(JSON.stringify({ token: secret.reveal() }), headers)
  expect(JSON.parse((await verify()).text)).toMatchObject({ active: true })
  // Past the triggers, so that nobody is told: only who looks can know.
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`update tokens set revoked_at = now() where id = ${id}`
  })
  expect(JSON.parse((await verify()).text)).toMatchObject({ active: true })
  const anew = { 'cache-control': 'no-cache' }
  expect(JSON.parse((await verify(anew)).text)).toEqual({ active: false, reason: 'revoked' })
  const { counted } = await flood(2_000, () => verify(anew))
  expect(Object.keys(counted)).toEqual(['200', '429'])
  expect((await verify()).status).toBe(200)
}, 30_000)
