import { describe, expect, test } from 'vitest'
import { BUILT_IN_SCOPES } from '#lib/scopes/effective'
import { secretString } from '#lib/tokens/secret'
import { client } from '#lib/verification/testing/http'
import type { Opened } from '#lib/verification/testing/opened'
import { MADE_AT } from '#lib/verification/testing/world'

/** Whom a verifier answers. */
export function callerContract(open: () => Promise<Opened>) {
  describe('callers', () => {
    test('whoever presents no credential or a wrong one is told nothing else', async () => {
      const { baseUrl, ready, addApiUser, sql, organizations: at } = await open()
      const subject = await ready({ organizationId: at.alder })
      const body = JSON.stringify({ token: subject.secret.reveal() })
      const verifying = { scopes: ['tokens:verify'] }
      const wiped = await ready({ organizationId: at.platform }, verifying)
      await sql`delete from token_secrets where token_id = ${wiped.id}`
      const disabled = await addApiUser(at.platform, 'admin', ['tokens:verify'])
      await sql`update service_accounts set disabled_at = now() where id = ${disabled}`
      const refused = [
        secretString('nonsense'),
        wiped.secret,
        (await ready({ organizationId: at.platform }, { ...verifying, revokedAt: MADE_AT })).secret,
        (await ready({ organizationId: at.platform }, { ...verifying, expiresAt: MADE_AT })).secret,
        (await ready({ organizationId: at.platform }, { ...verifying, ipRanges: ['203.0.113.0/24'] })).secret,
        (await ready({ organizationId: at.platform, serviceAccountId: disabled }, verifying)).secret,
      ]
      for (const credential of refused) {
        const answered = await client(baseUrl, credential).post(body)
        expect(answered.status).toBe(401)
        expect(answered.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
        expect(JSON.parse(answered.text)).toMatchObject({ status: 401, code: 'invalid_token', title: 'Unauthorized' })
      }
      const nobody = await client(baseUrl, null).post(body)
      expect(nobody.status).toBe(401)
      expect(nobody.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
      expect(JSON.parse(nobody.text)).toMatchObject({ code: 'invalid_token' })
      const basic = await client(baseUrl, null).post(body, { authorization: 'Basic eDp5' })
      expect(basic.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
    })

    test('a good credential that may not verify is forbidden to', async () => {
      const { baseUrl, ready, addApiUser, addUser, organizations: at } = await open()
      const subject = await ready({ organizationId: at.alder })
      const all = BUILT_IN_SCOPES.map(({ name }) => name)
      const viewer = await addApiUser(at.platform, 'viewer', all)
      const unscoped = await addApiUser(at.platform, 'admin', ['data:read'])
      for (const { secret } of [
        await ready({ organizationId: at.platform }, { scopes: all.filter((scope) => scope !== 'tokens:verify') }),
        await ready({ organizationId: at.platform }, { scopes: all, devices: ['1'] }),
        await ready({ organizationId: at.platform, serviceAccountId: viewer }, { scopes: all }),
        await ready({ organizationId: at.platform, serviceAccountId: unscoped }, { scopes: all }),
        await ready({ userId: await addUser({ [at.platform]: 'admin', [at.alder]: 'admin' }) }),
      ]) {
        const answered = await client(baseUrl, secret).post(JSON.stringify({ token: subject.secret.reveal() }))
        expect(answered.status).toBe(403)
        expect(answered.headers['www-authenticate']).toContain('error="insufficient_scope"')
        expect(JSON.parse(answered.text)).toMatchObject({ status: 403, code: 'insufficient_scope' })
      }
    })

    test("a caller's address is its own, whatever a header says, and counts where it is narrowed", async () => {
      const { baseUrl, ready, organizations: at } = await open()
      const subject = await ready({ organizationId: at.alder })
      const body = JSON.stringify({ token: subject.secret.reveal() })
      const from = async (range: string) => {
        const { secret } = await ready(
          { organizationId: at.platform },
          { scopes: ['tokens:verify'], ipRanges: [range] },
        )
        return (
          await client(baseUrl, secret).post(body, { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9' })
        ).status
      }
      expect(await from('127.0.0.0/8')).toBe(200)
      expect(await from('203.0.113.0/24')).toBe(401)
    })
  })
}
