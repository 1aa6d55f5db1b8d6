import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { newRevealKey } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { revealToken } from '#lib/tokens/reveal'
import { revokeToken, revokeWithProof } from '#lib/tokens/revoke'
import { desk } from '#lib/tokens/testing/desk'
import { LEASE_MS } from '#lib/verification/lease'
import { client, serveVerifier } from '#lib/verification/testing/http'
import { runVerifier } from '#lib/verification/testing/process'
import { openWire } from '#lib/verification/testing/wire'
import { readProof } from '#lib/verifiers/proof'

const REVOKED = { active: false, reason: 'revoked' }

/** A desk, a gateway's secret, and one of a customer's that is to be revoked. */
async function deskWithTokens() {
  const world = await desk()
  const root = await world.person(world.platform, 'admin')
  const mint = async (ctx: typeof root, organizationId: string, scopes: string[]) => {
    const made = { organizationId, name: 'Of the test', expiration: { kind: 'never' as const }, scopes }
    const { id: tokenId } = await createToken(ctx, made)
    return { tokenId, secret: (await revealToken(ctx, { tokenId, key: newRevealKey() })).secret }
  }
  const gateway = await mint(root, world.platform.id, ['tokens:verify'])
  return { ...world, gateway, ...(await mint(world.admin, world.alder.id, ['data:read'])) }
}

test('a verifier that was stopped and goes on later accepts nothing that was revoked meanwhile, asked before or since', async () => {
  const { url, admin, gateway, secret, tokenId } = await deskWithTokens()
  const verifier = runVerifier(url, { name: 'stopped' })
  const { verify } = client(await verifier.url(), gateway.secret)
  expect(await verify(secret)).toMatchObject({ active: true })
  verifier.signal('SIGSTOP')
  const stoppedAt = performance.now()
  const held = Array.from({ length: 20 }, () => verify(secret))
  const { revocation } = await revokeToken(admin, { tokenId })
  held.push(...Array.from({ length: 20 }, () => verify(secret)))
  await sleep(stoppedAt + LEASE_MS + 100 - performance.now())
  const named = { name: 'stopped', afterMs: null }
  expect(await readProof(admin, [revocation])).toMatchObject({ verifiers: [named] })
  verifier.signal('SIGCONT')
  for (const answer of await Promise.all([...held, verify(secret)])) expect(answer).toEqual(REVOKED)
})

test('a verifier whose database is silent both ways is named by the proof, accepts until its lease is out, and never again', async () => {
  const { url, sql, admin, gateway, secret, tokenId } = await deskWithTokens()
  const wire = await openWire(url, sql.options)
  onTestFinished(wire.cut)
  const { post, verify } = client(await serveVerifier(wire.url), gateway.secret)
  expect(await verify(secret)).toMatchObject({ active: true })
  wire.behave('silent')
  const { proof, revocation } = await revokeWithProof(admin, { tokenId })
  const committedBy = performance.now()
  expect(proof?.verifiers).toMatchObject([{ name: 'verifier', afterMs: null }])
  const ask = async () => {
    const { status, text } = await post(JSON.stringify({ token: secret.reveal() }))
    return { accepted: text.includes('"active":true'), status }
  }
  expect(await ask()).toEqual({ accepted: true, status: 200 })
  await sleep(committedBy + LEASE_MS - performance.now())
  expect(await ask()).toEqual({ accepted: false, status: 503 })
  wire.behave('passes')
  // Until memory answers again, for whatever else is asked; nobody has asked for the token meanwhile.
  const remembered = async () => {
    await post(JSON.stringify({ token: gateway.secret.reveal() }))
    return (await sql`select hits::int from verifiers`)[0]?.['hits']
  }
  await expect.poll(remembered, { timeout: 15_000 }).toBeGreaterThan((await remembered()) + 10)
  expect(await verify(secret)).toEqual(REVOKED)
  expect((await readProof(admin, [revocation])).verifiers).toMatchObject([{ name: 'verifier', afterMs: null }])
})
