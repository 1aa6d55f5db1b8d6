import * as oauth from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import { type SecretString, secretString } from '#lib/tokens/secret'
import { bearer, postForm } from '#lib/verification/testing/http'
import type { Opened } from '#lib/verification/testing/opened'
import { MADE_AT } from '#lib/verification/testing/world'

const seconds = (at: Date) => Math.floor(at.getTime() / 1_000)
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)

/** What introspection (RFC 7662) tells. */
export function introspectContract(open: () => Promise<Opened>) {
  describe('POST /api/v1/introspect', () => {
    const asking =
      ({ baseUrl, gateway }: Opened) =>
      (token: SecretString | string, more: Record<string, string> = {}) =>
        postForm(
          `${baseUrl}/api/v1/introspect`,
          { token: typeof token === 'string' ? token : token.reveal(), ...more },
          bearer(gateway.secret),
        )

    test('a client of OAuth is told of an active token in the words of the RFC, and when its secret ends', async () => {
      const world = await open()
      const { baseUrl, gateway, ready, mint, sql, organizations: at } = world
      const expiresAt = inDays(30)
      const { id, secret } = await ready({ organizationId: at.alder }, { name: 'Meßgerät 八', expiresAt })
      const server = { issuer: baseUrl, introspection_endpoint: `${baseUrl}/api/v1/introspect` }
      const asker = { client_id: 'gateway' }
      const authenticate: oauth.ClientAuth = (_server, _client, _body, headers) =>
        headers.set('authorization', bearer(gateway.secret).authorization)
      const asked = await oauth.introspectionRequest(server, asker, authenticate, secret.reveal(), {
        [oauth.allowInsecureRequests]: true,
        additionalParameters: { token_type_hint: 'refresh_token' },
      })
      expect(asked.headers.get('content-type')).toBe('application/json')
      expect(asked.headers.get('cache-control')).toBe('no-store')
      expect(await oauth.processIntrospectionResponse(server, asker, asked)).toEqual({
        active: true,
        token_type: 'Bearer',
        jti: id,
        sub: at.alder,
        scope: 'data:read reports:read',
        exp: seconds(expiresAt),
        iat: seconds(MADE_AT),
        kind: 'organization',
        name: 'Meßgerät 八',
        organizationId: at.alder,
        resources: [],
        tier: 'Advanced',
      })

      const told = async (token: SecretString) => JSON.parse((await asking(world)(token)).text)
      const retiresAt = inDays(1)
      expect((await told(await mint(id, { retiresAt }))).exp).toBe(seconds(retiresAt))
      const endless = await ready({ organizationId: at.alder }, { scopes: [] })
      const known = Object.keys(await told(endless.secret))
      expect(known.filter((name) => name === 'exp' || name === 'scope')).toEqual([])
      const used = async () => (await sql`select last_used_at as at from tokens where id = ${endless.id}`)[0]?.['at']
      await expect.poll(used, { timeout: 10_000 }).not.toBeNull()
    })

    test('a token that is inactive is told nothing of, whatever the reason', async () => {
      const world = await open()
      const { verify, ready, mint, addToken, addApiUser, addUser, sql, organizations: at } = world
      const alder = { organizationId: at.alder }
      const lost = await ready(alder)
      await sql`delete from token_secrets where token_id = ${lost.id}`
      const retired = await mint(await addToken(alder), { retiresAt: new Date() })
      const everywhere = await ready({ userId: await addUser({ [at.alder]: 'viewer', [at.birch]: 'viewer' }) })
      await sql`update organizations set suspended_at = now() where slug = 'southgate'`
      const disabled = await addApiUser(at.alder, 'admin', ['data:read'])
      await sql`update service_accounts set disabled_at = now() where id = ${disabled}`
      const ranged = await ready(alder, { ipRanges: ['203.0.113.0/24'] })
      const narrowed = await ready(alder, { devices: ['1'] })
      const ask = asking(world)
      for (const [reason, secret, more = {}] of [
        ['malformed', secretString('nonsense')],
        ['not_found', lost.secret],
        ['secret_retired', retired],
        ['revoked', (await ready(alder, { revokedAt: MADE_AT })).secret],
        ['organization_required', everywhere.secret],
        ['not_a_member', everywhere.secret, { organization: 'cedar' }],
        ['suspended', (await ready({ organizationId: at.cedar })).secret],
        ['api_user_disabled', (await ready({ ...alder, serviceAccountId: disabled })).secret],
        ['expired', (await ready(alder, { expiresAt: MADE_AT })).secret],
        ['ip_not_allowed', ranged.secret],
        ['insufficient_scope', ranged.secret, { ip: '203.0.113.1', scope: 'tokens:write' }],
        ['resource_not_allowed', narrowed.secret],
      ] as const) {
        expect(await verify(secret, more)).toEqual({ active: false, reason })
        const answered = await ask(secret, more)
        expect([answered.status, answered.text], reason).toEqual([200, '{"active":false}'])
      }
      for (const [secret, more] of [
        [everywhere.secret, { organization: 'birch' }],
        [ranged.secret, { ip: '203.0.113.1', scope: 'data:read' }],
        [narrowed.secret, { resource: 'device:1' }],
      ] as const)
        expect(JSON.parse((await ask(secret, more)).text)).toMatchObject({ active: true })
    })
  })
}
