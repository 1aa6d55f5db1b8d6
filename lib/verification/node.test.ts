import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '#lib/log'
import { secretString } from '#lib/tokens/secret'
import { findPresented } from '#lib/verification/presented'
import { verifierContract } from '#lib/verification/testing/contract'
import { MALFORMED } from '#lib/verification/testing/forged'
import { bearer, client, postForm, serveVerifier } from '#lib/verification/testing/http'
import { openGateway } from '#lib/verification/testing/opened'
import { openWire } from '#lib/verification/testing/wire'
import { withoutMemory } from '#lib/verification/testing/without-memory'
import { openWorld } from '#lib/verification/testing/world'

verifierContract(async () => {
  const world = await openWorld()
  return openGateway(world, await serveVerifier(world.url))
})

/** The database seen through a wire that can be cut or made to fall silent. */
async function throughWire({ url, sql }: Pick<Awaited<ReturnType<typeof openWorld>>, 'url' | 'sql'>) {
  const wire = await openWire(url, sql.options)
  onTestFinished(wire.cut)
  return wire
}

async function openBehindWire() {
  const world = await openWorld()
  const wire = await throughWire(world)
  const { platform, alder } = world.organizations
  const gateway = await world.ready({ organizationId: platform }, { scopes: ['tokens:verify'] })
  const token = await world.ready({ organizationId: alder })
  const baseUrl = await serveVerifier(wire.url)
  const asked = client(baseUrl, gateway.secret)
  const status = async () => (await asked.post(JSON.stringify({ token: token.secret.reveal() }))).status
  return { ...world, ...asked, wire, token, gateway, baseUrl, status }
}

test('a database that is gone is 503 to come back later, and good again as soon as it is back', async () => {
  const { wire, baseUrl, status, post, me, verify, token, gateway } = await openBehindWire()
  const form = { token: token.secret.reveal() }
  expect(await status()).toBe(200)
  await wire.cut()
  // What is in memory is good for as long as the lease lasts.
  expect(await status()).toBe(200)
  await expect.poll(status, { timeout: 7_000 }).toBe(503)
  for (const answered of [
    await post(JSON.stringify(form)),
    await me(),
    await postForm(`${baseUrl}/api/v1/introspect`, form, bearer(gateway.secret)),
    await postForm(`${baseUrl}/api/v1/revoke`, form),
  ]) {
    expect(answered.status).toBe(503)
    expect(answered.headers['retry-after']).toBe('1')
    expect(answered.headers['cache-control']).toBe('no-store')
    expect(JSON.parse(answered.text)).toMatchObject({ code: 'unavailable' })
    expect(answered.text).not.toContain('active')
  }
  await wire.mend()
  await expect.poll(status, { timeout: 10_000 }).toBe(200)
  expect(await verify(token.secret)).toMatchObject({ active: true })
})

test('what the checksum refuses takes no look-up, as credential and as what is verified', async () => {
  const { wire, baseUrl, token, gateway } = await openBehindWire()
  await wire.cut()
  const secret = token.secret.reveal()
  const body = JSON.stringify({ token: secret, organization: 'alder' })
  for (const change of [(text: string) => text.slice(0, -1), (text: string) => text.replace('_org_', '_pat_')]) {
    const asked = client(baseUrl, secretString(change(secret)))
    expect((await asked.me()).status).toBe(401)
    expect((await asked.post(body)).status).toBe(401)
  }
  expect((await client(baseUrl, token.secret).me()).status).toBe(503)

  let lookUps = 0
  const database = { ask: () => Promise.reject(new Error(`look-up ${++lookUps}`)) }
  const verifier = { lookUps: withoutMemory(database), prefixes: ['tok'] }
  const presented = (text: string) =>
    findPresented(verifier, secretString(text), { address: null, anew: false }).catch((error: Error) => error.message)
  // A secret need not hold every character that can be mistyped.
  const wrong = Object.values(MALFORMED).flatMap((change) => (change(secret) === secret ? [] : change(secret)))
  for (const text of wrong) expect(await presented(text)).toBe('malformed')
  expect(await presented(gateway.secret.reveal())).toBe('look-up 1')
})

test('a database that falls silent is 503 within seconds for everyone who waits, and good again when it answers', async () => {
  const { wire, status, ready, organizations: at, post } = await openBehindWire()
  expect(await status()).toBe(200)
  const { secret } = await ready({ organizationId: at.alder })
  wire.behave('silent')
  const started = performance.now()
  const unread = async () => (await post(JSON.stringify({ token: secret.reveal() }))).status
  const waiting = await Promise.all(Array.from({ length: 50 }, unread))
  expect(new Set(waiting)).toEqual(new Set([503]))
  expect(performance.now() - started).toBeLessThan(8_000)
  await expect.poll(status, { timeout: 7_000 }).toBe(503)
  wire.behave('passes')
  await expect.poll(status, { timeout: 10_000 }).toBe(200)
})

test('a use that could not be written is written when the database is back', async () => {
  const { wire, status, token, sql } = await openBehindWire()
  const usedAt = async () => (await sql`select last_used_at from tokens where id = ${token.id}`)[0]?.['last_used_at']
  expect(await status()).toBe(200)
  await wire.cut()
  await new Promise((resolve) => setTimeout(resolve, 600))
  expect(await usedAt()).toBeNull()
  await wire.mend()
  await expect.poll(usedAt, { timeout: 10_000 }).not.toBeNull()
})

test('a table that is locked against reading is 503 within seconds to whoever needs it read', async () => {
  const { post, token, sql } = await openBehindWire()
  const body = JSON.stringify({ token: token.secret.reveal() })
  const status = async () => (await post(body, { 'cache-control': 'no-cache' })).status
  await sql.begin(async (tx) => {
    await tx`lock table tokens in access exclusive mode`
    expect(await status()).toBe(503)
  })
  expect(await status()).toBe(200)
})

test('a token that somebody else holds is 503 to its revocation within seconds, and revoked the next time', async () => {
  const { baseUrl, token, sql, verify } = await openBehindWire()
  const revoke = () => postForm(`${baseUrl}/api/v1/revoke`, { token: token.secret.reveal() })
  await sql.begin(async (tx) => {
    await tx`select from tokens where id = ${token.id} for update`
    expect(await revoke()).toMatchObject({ status: 503, headers: { 'retry-after': '1' } })
  })
  expect(await verify(token.secret)).toMatchObject({ active: true })
  expect(await revoke()).toMatchObject({ status: 200, text: '' })
  expect(await verify(token.secret)).toEqual({ active: false, reason: 'revoked' })
})

test('a fault of ours is 500, and neither the answer nor the log quotes anything', async () => {
  const { url, ready, organizations: at } = await openWorld()
  const { secret } = await ready({ organizationId: at.alder })
  const { lines, log } = listened()
  const clock = () => {
    throw new Error(`quotes ${secret.reveal()}`)
  }
  const baseUrl = await serveVerifier(url, { clock, log })
  const answered = await client(baseUrl, secret).me()
  expect(answered.status).toBe(500)
  expect(JSON.parse(answered.text)).toMatchObject({ code: 'unexpected' })
  await expect.poll(() => lines).toHaveLength(1)
  expect(lines[0]).toContain('lib/verification/')
  for (const text of [answered.text, lines.join()]) expect(text).not.toContain('quotes')
})

test('a refused credential is logged by its public id alone, and what was verified is not', async () => {
  const { url, ready, organizations: at } = await openWorld()
  const gateway = await ready({ organizationId: at.platform }, { scopes: ['tokens:verify'] })
  const plain = await ready({ organizationId: at.alder })
  const { lines, log } = listened()
  const baseUrl = await serveVerifier(url, { log })
  const body = JSON.stringify({ token: plain.secret.reveal() })
  expect((await client(baseUrl, gateway.secret).post(body)).status).toBe(200)
  expect((await client(baseUrl, plain.secret).post(body)).status).toBe(403)
  expect((await client(baseUrl, secretString('nonsense of 22 chars_1')).post(body)).status).toBe(401)
  await expect.poll(() => lines).toHaveLength(2)
  const [forbidden, unknown] = lines.map((line) => JSON.parse(line))
  const [, , id] = plain.secret.reveal().split('_')
  expect(forbidden).toMatchObject({ level: 'info', route: 'verify', status: 403, client: '127.0.0.1', tokenId: id })
  expect(unknown).toMatchObject({ status: 401, tokenId: null })
  expect(lines.join()).not.toContain('nonsense')
  expect(lines.join()).not.toContain(plain.secret.reveal().slice(-49))
})

function listened() {
  const lines: string[] = []
  return { lines, log: createLog('info', { write: (line) => lines.push(line) }) }
}
