import { onTestFinished } from 'vitest'
import { recordUses } from '#db/queries/usage-last'
import { openVerificationDatabase } from '#db/verification-client'
import { newRevealKey, type testWorld } from '#lib/testing/world'
import { createToken } from '#lib/tokens/create'
import { revealToken } from '#lib/tokens/reveal'
import type { SecretString } from '#lib/tokens/secret'
import type { VerifyInput } from '#lib/verification/input'
import { withoutMemory } from '#lib/verification/testing/without-memory'
import type { Use } from '#lib/verification/usage-recorder'
import { type Verifier, verify } from '#lib/verification/verify'

type World = Awaited<ReturnType<typeof testWorld>>

/**
 * Verification by the platform's own gateway at the world's time: `active`, or the reason why not. A use is written
 * before the answer is told, so that what it ends has ended; `unnoticed`: it is not written.
 */
export async function openGateway({ url, sql, clock, platform, person }: World) {
  const database = openVerificationDatabase(url, { connections: 1 })
  onTestFinished(() => database.close())
  const root = await person(platform, 'admin')
  const { id: tokenId } = await createToken(root, {
    organizationId: platform.id,
    name: 'Gateway of the test',
    expiration: { kind: 'never' },
    scopes: ['tokens:verify'],
  })
  const { secret: credential } = await revealToken(root, { tokenId, key: newRevealKey() })

  return async (
    token: SecretString,
    {
      unnoticed = false,
      ...asked
    }: Pick<VerifyInput, 'organization' | 'scope'> & { readonly unnoticed?: boolean } = {},
  ): Promise<string> => {
    const uses: Use[] = []
    const recorder = { record: (use: Use) => void uses.push(use) }
    const verifier: Verifier = { lookUps: withoutMemory(database), recorder, prefixes: ['tok'], clock }
    const caller = { credential, path: '/api/v1/verify', address: null, userAgent: undefined, anew: false }
    const answered = await verify(verifier, caller, { token, ...asked })
    if (typeof answered === 'string' || answered.verdict === null) throw new Error('the gateway is not answered')
    answered.record()
    const noticed = unnoticed ? [] : uses.filter((use) => use.tokenId !== tokenId && use.outcome === 'active')
    if (noticed.length > 0) await recordUses(sql, noticed)
    return answered.verdict
  }
}
