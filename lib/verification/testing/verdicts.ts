import { describe, expect, test } from 'vitest'
import { client } from '#lib/verification/testing/http'
import type { Opened } from '#lib/verification/testing/opened'
import { MADE_AT } from '#lib/verification/testing/world'

/** What verdicts are: each reason, the tree of organizations, changes that count at once. */
export function verdictContract(open: () => Promise<Opened>) {
  describe('verdicts', () => {
    test('an active token is answered with what it is and may do', async () => {
      const { verify, ready, addApiUser, addUser, organizations: at } = await open()
      const expiresAt = inDays(30)
      const own = await ready({ organizationId: at.alder }, { name: 'Zähler 七', expiresAt, devices: ['7'] })
      expect(await verify(own.secret, { resource: 'device:7', scope: 'data:read' })).toEqual({
        active: true,
        tokenId: own.id,
        kind: 'organization',
        name: 'Zähler 七',
        organizationId: at.alder,
        subject: at.alder,
        scope: 'data:read reports:read',
        resources: ['device:7'],
        tier: 'Advanced',
        expiresAt: expiresAt.toISOString(),
        issuedAt: MADE_AT.toISOString(),
      })
      const apiUser = await addApiUser(at.birch, 'viewer', ['data:read'])
      const service = await ready({ organizationId: at.birch, serviceAccountId: apiUser })
      expect(await verify(service.secret)).toMatchObject({
        active: true,
        kind: 'service',
        subject: apiUser,
        scope: 'data:read',
        tier: 'Lite',
      })
      const user = await addUser({ [at.cedar]: 'admin' })
      const personal = await ready({ userId: user })
      expect(await verify(personal.secret)).toMatchObject({
        active: true,
        kind: 'personal',
        organizationId: at.cedar,
        subject: user,
        scope: 'data:read reports:read tokens:read tokens:write',
        resources: [],
        expiresAt: null,
      })
    })

    test('every reason is given for what it names', async () => {
      const { verify, ready, mint, addToken, addApiUser, addUser, sql, organizations: at } = await open()
      const alder = { organizationId: at.alder }
      const good = await ready(alder)
      const reason = async (...asked: Parameters<typeof verify>) => {
        const answer = await verify(...asked)
        expect(Object.keys(answer)).toEqual(['active', 'reason'])
        return answer['reason']
      }
      expect(await verify(good.secret)).toMatchObject({ active: true })

      for (const text of [
        '',
        'x',
        'x'.repeat(60_000),
        `${good.secret.reveal()} `,
        '\u0000\ud800',
        good.secret.reveal().replace(/.$/, '_'),
      ])
        expect(await reason(text)).toBe('malformed')

      const unrevealed = await addToken(alder)
      const imposter = await mint(unrevealed)
      await sql`delete from token_secrets where token_id = ${unrevealed}`
      expect(await reason(imposter), 'never revealed').toBe('not_found')
      await mint(unrevealed)
      expect(await reason(imposter), 'wrong digest').toBe('not_found')
      await sql`delete from token_secrets where token_id = ${unrevealed}`
      await sql`update tokens set deleted_at = now() where id = ${unrevealed}`
      expect(await reason(imposter), 'deleted').toBe('not_found')
      await sql`delete from tokens where id = ${unrevealed}`
      expect(await reason(imposter), 'no such id').toBe('not_found')

      const rotated = await ready(alder)
      const retired = await mint(rotated.id, { retiresAt: new Date() })
      expect(await reason(retired)).toBe('secret_retired')
      expect(await verify(rotated.secret)).toMatchObject({ active: true })

      const revoked = await ready(alder, { revokedAt: MADE_AT })
      expect(await reason(revoked.secret)).toBe('revoked')

      const everywhere = await ready({ userId: await addUser({ [at.alder]: 'viewer', [at.birch]: 'viewer' }) })
      expect(await reason(everywhere.secret)).toBe('organization_required')
      expect(await reason(everywhere.secret, { organization: 'cedar' })).toBe('not_a_member')

      await sql`update organizations set suspended_at = now() where slug = 'southgate'`
      expect(await reason((await ready({ organizationId: at.cedar })).secret)).toBe('suspended')

      const disabled = await addApiUser(at.alder, 'admin', ['data:read'])
      await sql`update service_accounts set disabled_at = now() where id = ${disabled}`
      expect(await reason((await ready({ ...alder, serviceAccountId: disabled })).secret)).toBe('api_user_disabled')

      expect(await reason((await ready(alder, { expiresAt: new Date() })).secret)).toBe('expired')

      const narrowed = await ready(alder, { ipRanges: ['203.0.113.0/24', '2001:db8::/32'], devices: ['1'] })
      expect(await reason(narrowed.secret, { resource: 'device:1' })).toBe('ip_not_allowed')
      expect(await reason(narrowed.secret, { resource: 'device:1', ip: '127.0.0.1' })).toBe('ip_not_allowed')
      expect(await reason(narrowed.secret, { ip: '203.0.113.1', scope: 'data:read tokens:write' })).toBe(
        'insufficient_scope',
      )
      expect(await reason(narrowed.secret, { ip: '203.0.113.1' })).toBe('resource_not_allowed')
      expect(await reason(narrowed.secret, { ip: '203.0.113.1', resource: 'device:2' })).toBe('resource_not_allowed')
      expect(await verify(narrowed.secret, { ip: '2001:DB8::9', resource: 'device:1' })).toMatchObject({ active: true })
    })

    test('while a secret retires, the old and the new one both work', async () => {
      const { verify, addToken, mint, organizations: at } = await open()
      const id = await addToken({ organizationId: at.alder })
      const mintedAt = new Date('2026-10-01T00:00:00Z')
      const old = await mint(id, { retiresAt: inDays(1), mintedAt, prefix: 'old' })
      const current = await mint(id)
      expect(await verify(old)).toMatchObject({ active: true, tokenId: id, issuedAt: mintedAt.toISOString() })
      expect(await verify(current)).toMatchObject({ active: true, tokenId: id, issuedAt: MADE_AT.toISOString() })
    })

    test('a verifier knows only the tokens and organizations at or below its own', async () => {
      const world = await open()
      const { ready, addUser, organizations: at } = world
      const reseller = await callerIn(world, at.northwind)
      const inside = await ready({ organizationId: at.alder })
      const outside = await ready({ organizationId: at.cedar })
      const above = await ready({ organizationId: at.platform })
      const personal = await ready({ userId: await addUser({ [at.alder]: 'member', [at.cedar]: 'admin' }) })
      expect(await reseller.verify(inside.secret)).toMatchObject({ active: true, organizationId: at.alder })
      expect(await reseller.verify(outside.secret)).toEqual({ active: false, reason: 'not_found' })
      expect(await reseller.verify(above.secret)).toEqual({ active: false, reason: 'not_found' })
      expect(await reseller.verify(above.secret, { organization: 'alder' })).toEqual({
        active: false,
        reason: 'not_found',
      })
      expect(await reseller.verify(personal.secret)).toMatchObject({ active: true, organizationId: at.alder })
      expect(await reseller.verify(personal.secret, { organization: 'cedar' })).toEqual({
        active: false,
        reason: 'not_found',
      })
      expect(await reseller.verify(personal.secret, { organization: 'birch' })).toEqual({
        active: false,
        reason: 'not_a_member',
      })
      expect(await (await callerIn(world, at.birch)).verify(personal.secret)).toEqual({
        active: false,
        reason: 'not_found',
      })
    })

    test('an organization is named by slug or id, and counts as itself', async () => {
      const { verify, ready, addUser, organizations: at } = await open()
      const reseller = await ready({ organizationId: at.northwind })
      for (const organization of ['birch', at.birch, at.birch.toUpperCase()])
        expect(await verify(reseller.secret, { organization })).toMatchObject({
          active: true,
          organizationId: at.birch,
          tier: 'Lite',
        })
      expect(await verify(reseller.secret)).toMatchObject({ organizationId: at.northwind, tier: 'Advanced' })
      for (const organization of ['platform', at.cedar])
        expect(await verify(reseller.secret, { organization })).toEqual({ active: false, reason: 'not_a_member' })
      for (const organization of ['nowhere', 'No Slug', '\u0000', '00000000-0000-4000-8000-000000000000'])
        expect(await verify(reseller.secret, { organization })).toEqual({ active: false, reason: 'not_found' })
      const personal = await ready({ userId: await addUser({ [at.northwind]: 'admin', [at.birch]: 'viewer' }) })
      expect(await verify(personal.secret, { organization: 'birch' })).toMatchObject({
        scope: 'data:read reports:read tokens:read',
      })
      expect(await verify(personal.secret, { organization: 'alder' })).toEqual({
        active: false,
        reason: 'not_a_member',
      })
    })

    test('the tier told is the one that holds', async () => {
      const { verify, ready, sql, organizations: at } = await open()
      const token = await ready({ organizationId: at.alder })
      expect(await verify(token.secret)).toMatchObject({ tier: 'Advanced' })
      await sql`update organizations set tier_id = (select id from tiers where name = 'Lite') where slug = 'northwind'`
      expect(await verify(token.secret)).toMatchObject({ tier: 'Lite' })
      expect(await verify((await ready({ organizationId: at.platform })).secret)).toMatchObject({ tier: null })
    })

    test('a member who is removed, and an organization that is closed, are gone for a personal token at once', async () => {
      const { verify, ready, addUser, sql, organizations: at } = await open()
      const user = await addUser({ [at.alder]: 'admin', [at.birch]: 'member' })
      const { secret } = await ready({ userId: user })
      expect(await verify(secret, { organization: 'alder' })).toMatchObject({ active: true })
      await sql`delete from memberships where user_id = ${user} and organization_id = ${at.alder}`
      expect(await verify(secret, { organization: 'alder' })).toEqual({ active: false, reason: 'not_a_member' })
      expect(await verify(secret)).toMatchObject({ active: true, organizationId: at.birch })
      await sql`update organizations set closed_at = now() where slug = 'birch'`
      expect(await verify(secret)).toEqual({ active: false, reason: 'not_found' })
    })

    test("a closed organization's tokens are revoked, even one that closing missed", async () => {
      const { verify, ready, sql, organizations: at } = await open()
      const token = await ready({ organizationId: at.alder })
      await sql`update organizations set closed_at = now() where slug = 'northwind'`
      expect(await verify(token.secret)).toEqual({ active: false, reason: 'revoked' })
    })

    test('a revoked token is refused by every request that begins after', async () => {
      const { verify, ready, sql, organizations: at } = await open()
      const { id, secret } = await ready({ organizationId: at.alder })
      const before = Array.from({ length: 40 }, () => verify(secret))
      await sql`update tokens set revoked_at = now() where id = ${id}`
      const after = await Promise.all(Array.from({ length: 40 }, () => verify(secret)))
      for (const answer of after) expect(answer).toEqual({ active: false, reason: 'revoked' })
      for (const answer of await Promise.all(before)) expect([true, false]).toContain(answer['active'])
    })

    test('a hundred at once are each answered about their own token', async () => {
      const { verify, ready, organizations: at } = await open()
      const tokens = await Promise.all(Array.from({ length: 20 }, () => ready({ organizationId: at.alder })))
      const asked = Array.from({ length: 100 }, (_, index) => tokens[index % tokens.length] ?? { id: '', secret: '' })
      const answers = await Promise.all(asked.map(({ secret }) => verify(secret)))
      expect(answers.map(({ tokenId }) => tokenId)).toEqual(asked.map(({ id }) => id))
    })
  })
}

async function callerIn(world: Opened, organizationId: string) {
  const { secret } = await world.ready({ organizationId }, { scopes: ['tokens:verify'] })
  return client(world.baseUrl, secret)
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)
