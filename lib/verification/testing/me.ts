import { describe, expect, test } from 'vitest'
import { client } from '#lib/verification/testing/http'
import type { Opened } from '#lib/verification/testing/opened'
import { MADE_AT } from '#lib/verification/testing/world'

/** What a token is told about itself. */
export function meContract(open: () => Promise<Opened>) {
  describe('GET /api/v1/me', () => {
    const meOf = async (baseUrl: string, secret: Parameters<typeof client>[1]) => {
      const answered = await client(baseUrl, secret).me()
      return { status: answered.status, body: JSON.parse(answered.text) }
    }

    test("an organization's token is told what it is", async () => {
      const { baseUrl, ready, organizations: at } = await open()
      const { id, secret } = await ready({ organizationId: at.birch }, { devices: ['1', '2'], name: 'Reader' })
      expect(await meOf(baseUrl, secret)).toEqual({
        status: 200,
        body: {
          active: true,
          tokenId: id,
          kind: 'organization',
          name: 'Reader',
          organizationId: at.birch,
          subject: at.birch,
          scope: 'data:read reports:read',
          resources: ['device:1', 'device:2'],
          narrowed: true,
          tier: 'Lite',
          expiresAt: null,
          issuedAt: MADE_AT.toISOString(),
          organization: { id: at.birch, slug: 'birch', name: 'birch' },
        },
      })
    })

    test('a personal token is told every organization in which it works, and what it may do in each', async () => {
      const { baseUrl, ready, addUser, sql, organizations: at } = await open()
      const { secret } = await ready({
        userId: await addUser({ [at.alder]: 'admin', [at.birch]: 'viewer', [at.cedar]: 'member' }),
      })
      await sql`update organizations set suspended_at = now() where slug = 'cedar'`
      const two = await meOf(baseUrl, secret)
      expect(two.body).toMatchObject({ kind: 'personal', subject: expect.any(String) })
      const byName = two.body.organizations.toSorted((a: { slug: string }, b: { slug: string }) =>
        a.slug.localeCompare(b.slug),
      )
      expect(byName).toMatchObject([
        { slug: 'alder', role: 'admin', scope: 'data:read reports:read tokens:read tokens:write', tier: 'Advanced' },
        { slug: 'birch', role: 'viewer', scope: 'data:read reports:read tokens:read', tier: 'Lite' },
      ])
      await sql`update organizations set closed_at = now() where slug = 'alder'`
      const one = await meOf(baseUrl, secret)
      expect(one.body).toMatchObject({
        organizationId: at.birch,
        organization: { slug: 'birch' },
        organizations: [{ slug: 'birch' }],
      })
      await sql`delete from memberships`
      expect((await meOf(baseUrl, secret)).status).toBe(401)
    })

    test('a credential that is no good is told nothing', async () => {
      const { baseUrl, ready, organizations: at } = await open()
      const { secret } = await ready({ organizationId: at.alder }, { revokedAt: MADE_AT })
      expect(await meOf(baseUrl, secret)).toMatchObject({ status: 401, body: { code: 'invalid_token' } })
      expect(await meOf(baseUrl, null)).toMatchObject({ status: 401, body: { code: 'invalid_token' } })
    })
  })
}
