import * as oauth from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import { type SecretString, secretString } from '#lib/tokens/secret'
import { bearer, postForm } from '#lib/verification/testing/http'
import type { Opened } from '#lib/verification/testing/opened'
import { MADE_AT } from '#lib/verification/testing/world'

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)

/** What revocation by whoever holds a token (RFC 7009) does. */
export function revokeContract(open: () => Promise<Opened>) {
  describe('POST /api/v1/revoke', () => {
    const revoke = async (
      { baseUrl }: Opened,
      token: SecretString,
      headers: Record<string, string | string[]> = {},
    ) => {
      const answered = await postForm(`${baseUrl}/api/v1/revoke`, { token: token.reveal() }, headers)
      expect([answered.status, answered.text]).toEqual([200, ''])
      expect(answered.headers).toMatchObject({ 'cache-control': 'no-store', 'content-length': '0' })
    }
    const events = ({ sql }: Opened, id: string) =>
      sql`select action, organization_id, actor_user_id, actor_name, target_name, details, ip, user_agent
        from audit_events where target_id = ${id} order by id`

    test('whoever holds a token has it refused for good, or a secret that retires alone, and the trail tells from where', async () => {
      const world = await open()
      const { baseUrl, sql, verify, ready, mint, organizations: at } = world
      const { id, secret } = await ready({ organizationId: at.alder }, { name: 'Held' })
      const old = await mint(id, { retiresAt: inDays(1) })
      for (let times = 0; times < 2; times++) await revoke(world, old)
      expect(await verify(old)).toEqual({ active: false, reason: 'secret_retired' })
      expect(await verify(secret)).toMatchObject({ active: true })

      const server = { issuer: baseUrl, revocation_endpoint: `${baseUrl}/api/v1/revoke` }
      const answered = await oauth.revocationRequest(server, { client_id: 'x' }, oauth.None(), secret.reveal(), {
        [oauth.allowInsecureRequests]: true,
        headers: { 'user-agent': 'A scanner' },
        additionalParameters: { token_type_hint: 'refresh_token' },
      })
      expect(await oauth.processRevocationResponse(answered)).toBeUndefined()
      expect(await verify(secret)).toEqual({ active: false, reason: 'revoked' })
      const [row] = await sql`select compromised, revoked_by, revoke_reason from tokens where id = ${id}`
      expect(row).toEqual({ compromised: true, revoked_by: null, revoke_reason: 'Revoked by whoever holds it' })
      expect(await events(world, id)).toEqual([
        expect.objectContaining({ action: 'token.secret_retired', actor_user_id: null, ip: '127.0.0.1' }),
        {
          action: 'token.revoked',
          organization_id: at.alder,
          actor_user_id: null,
          actor_name: 'Whoever held the token',
          target_name: 'Held',
          details: { leaked: true, reason: 'Revoked by whoever holds it' },
          ip: '127.0.0.1',
          user_agent: 'A scanner',
        },
      ])
    })

    test('what is unknown, malformed or over is answered alike, and nothing changes', async () => {
      const world = await open()
      const { sql, ready, mint, addToken, organizations: at } = world
      const alder = { organizationId: at.alder }
      const deleted = await ready(alder)
      await sql`delete from token_secrets where token_id = ${deleted.id}`
      await sql`update tokens set deleted_at = now() where id = ${deleted.id}`
      const overwritten = await addToken(alder)
      const imposter = await mint(overwritten)
      await sql`delete from token_secrets where token_id = ${overwritten}`
      await mint(overwritten)
      const over = [
        secretString('nonsense'),
        secretString('\u0000'),
        deleted.secret,
        imposter,
        (await ready(alder, { revokedAt: MADE_AT })).secret,
        (await ready(alder, { expiresAt: MADE_AT })).secret,
        await mint(overwritten, { retiresAt: MADE_AT }),
      ]
      const left = async () => [
        await sql`select id, revoked_at, compromised, updated_at from tokens order by id`,
        await sql`select token_id, state, retires_at from token_secrets order by token_id, state`,
        await sql`select id from audit_events`,
      ]
      const before = await left()
      for (const token of over) await revoke(world, token)
      expect(await left()).toEqual(before)
    })

    test('nothing but the secret is asked for: no address, no credential, and no organization in force', async () => {
      const world = await open()
      const { sql, ready, addApiUser, addUser, gateway, organizations: at } = world
      const apiUser = await addApiUser(at.cedar, 'viewer', ['data:read'])
      const held = [
        await ready({ organizationId: at.alder }, { ipRanges: ['203.0.113.0/24'], devices: ['1'] }),
        await ready({ organizationId: at.cedar, serviceAccountId: apiUser }),
        await ready({ userId: await addUser({}) }),
      ]
      await sql`update organizations set suspended_at = now() where slug = 'southgate'`
      await sql`update service_accounts set disabled_at = now() where id = ${apiUser}`
      const besides = [
        { authorization: ['Basic eDp5', 'nonsense'], 'x-forwarded-for': '203.0.113.9' },
        bearer(gateway.secret),
        { authorization: 'Bearer nonsense' },
      ]
      for (const [index, { id, secret }] of held.entries()) {
        await revoke(world, secret, besides[index])
        const [row] = await sql`select compromised, ip from tokens t join audit_events e on e.target_id = t.id
          where t.id = ${id}`
        expect(row).toEqual({ compromised: true, ip: '127.0.0.1' })
      }
    })
  })
}
