import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { bearer, send } from '#lib/verification/testing/http'
import type { Opened } from '#lib/verification/testing/opened'
import { MADE_AT } from '#lib/verification/testing/world'

type Secret = Opened['gateway']['secret']

/** What a gateway may ask at `GET /api/v1/me` with the token of its own client. */
export function questionContract(open: () => Promise<Opened>) {
  const asker =
    ({ baseUrl }: Opened) =>
    async (secret: Secret, query: string, method = 'GET') => {
      const { status, headers, text } = await send(`${baseUrl}/api/v1/me?${query}`, { method, headers: bearer(secret) })
      return { status, challenge: headers['www-authenticate'], body: text === '' ? null : JSON.parse(text) }
    }

  describe('GET /api/v1/me, asked for something', () => {
    test('a token that bears what is asked is told what it is, as without a question', async () => {
      const world = await open()
      const ask = asker(world)
      const { ready, organizations: at } = world
      const { secret } = await ready({ organizationId: at.northwind })
      const { body: told } = await ask(secret, '')
      for (const query of [
        'scope=data:read',
        'scope=data:read+reports:read',
        'scope=data%3Aread%20reports%3Aread&resource=device:1',
        'organization=northwind',
        `organization=${at.alder}&scope=data:read`,
        'organization=birch',
        'endpoint=%2Forders',
        'x=1&x=2&%FF=%FF&token=nonsense&ip=nowhere',
      ])
        expect(await ask(secret, query), query).toEqual({ status: 200, challenge: undefined, body: told })
    })

    test('what is asked is counted as the use: for what, where, and where it is denied why', async () => {
      const world = await open()
      const ask = asker(world)
      const { ready, sql, organizations: at } = world
      const { id, secret } = await ready({ organizationId: at.northwind })
      await ask(secret, 'organization=alder&endpoint=%2Forders&resource=device:7')
      await ask(secret, 'scope=tokens:write')
      const counted = async () => [
        ...(await sql`select organization_id, outcome::text as what from usage_hours where token_id = ${id} order by 2`),
        ...(await sql`select organization_id, value as what from usage_endpoints where token_id = ${id} and active > 0`),
        ...(await sql`select organization_id, value as what from usage_resources where token_id = ${id}`),
      ]
      await expect
        .poll(async () => (await counted()).map((row) => [row['organization_id'], row['what']]), { timeout: 5_000 })
        .toEqual([
          [at.alder, 'active'],
          [at.northwind, 'insufficient_scope'],
          [at.alder, '/orders'],
          [at.alder, 'device:7'],
        ])
    })

    test('who is unknown has no organization looked for', async () => {
      const { baseUrl } = await open()
      const told = async (slug: string) =>
        (await send(`${baseUrl}/api/v1/me?organization=${slug}`, { headers: { authorization: 'Bearer x' } })).status
      const statuses = await Promise.all(Array.from({ length: 1_200 }, (_, index) => told(`nowhere-${index}`)))
      expect(new Set([...statuses, await told('alder')])).toEqual(new Set([401]))
    })

    test('a scope that is missing is 403 as RFC 6750 says it, naming what was asked', async () => {
      const world = await open()
      const ask = asker(world)
      const { secret } = await world.ready({ organizationId: world.organizations.alder })
      for (const [query, scope] of [
        ['scope=tokens:write', 'tokens:write'],
        ['scope=data:read+tokens:write', 'data:read tokens:write'],
        ['scope=data:readx', 'data:readx'],
      ] as const)
        expect(await ask(secret, query)).toMatchObject({
          status: 403,
          challenge: `Bearer error="insufficient_scope", scope="${scope}"`,
          body: { code: 'insufficient_scope', status: 403 },
        })
    })

    test('a resource it may not touch, or all of them, is 403', async () => {
      const world = await open()
      const ask = asker(world)
      const { ready, organizations: at } = world
      const { secret } = await ready({ organizationId: at.alder }, { devices: ['1'] })
      expect((await ask(secret, '')).status).toBe(200)
      expect((await ask(secret, 'resource=device:1&scope=data:read')).status).toBe(200)
      for (const query of ['resource=device:2', 'resource=1', 'scope=data:read', 'endpoint=/'])
        expect(await ask(secret, query), query).toMatchObject({ status: 403, body: { code: 'resource_not_allowed' } })
    })

    test('an organization in which it does not work is 403, and does not tell whether there is one', async () => {
      const world = await open()
      const ask = asker(world)
      const { ready, addUser, sql, organizations: at } = world
      const { secret } = await ready({ organizationId: at.alder })
      const { secret: personal } = await ready({ userId: await addUser({ [at.alder]: 'admin', [at.cedar]: 'viewer' }) })
      const refused = async (presented: Secret, organization: string) =>
        (await ask(presented, `organization=${organization}`)).body
      const unknown = await refused(secret, 'nowhere')
      expect(unknown).toMatchObject({ status: 403, code: 'not_a_member' })
      for (const presented of [secret, personal])
        for (const organization of ['birch', at.birch, 'southgate', randomUUID(), 'NOT A SLUG'])
          expect(await refused(presented, encodeURIComponent(organization)), organization).toEqual(unknown)
      expect(await refused(secret, 'northwind')).toEqual(unknown)
      expect((await ask(personal, 'organization=alder&scope=tokens:write')).status).toBe(200)
      expect(await ask(personal, 'organization=cedar&scope=tokens:write')).toMatchObject({
        status: 403,
        body: { code: 'insufficient_scope' },
      })
      expect(await ask(personal, 'scope=data:read')).toMatchObject({
        status: 403,
        body: { code: 'organization_required' },
      })
      await sql`update organizations set suspended_at = now() where slug = 'cedar'`
      expect(await refused(personal, 'cedar')).toEqual(unknown)
    })

    test('a question in a wrong form is 422, names the fields, quotes nothing and lets nothing through', async () => {
      const world = await open()
      const ask = asker(world)
      const { secret } = await world.ready({ organizationId: world.organizations.alder })
      for (const [query, fields] of [
        ['scope=', ['scope']],
        ['scope', ['scope']],
        ['scope=data:read&scope=data:read', ['scope']],
        ['scope=data:read++reports:read', ['scope']],
        ['scope=d%22', ['scope']],
        ['scope=%FF', ['scope']],
        [`scope=${'x'.repeat(4_001)}`, ['scope']],
        [`resource=&organization=${'x'.repeat(101)}`, ['organization', 'resource']],
        ['resource=a&resource=b&organization=&organization=alder', ['organization', 'resource']],
        [`resource=${'x'.repeat(201)}&endpoint=a&endpoint=a`, ['endpoint', 'resource']],
      ] as const) {
        const { status, body } = await ask(secret, query)
        expect(status, query).toBe(422)
        expect(body).toMatchObject({ code: 'invalid' })
        expect(Object.keys(body.fields).sort()).toEqual(fields)
        expect(JSON.stringify(body)).not.toContain('xxx')
      }
    })

    test('whoever is no good is told so before anything else, and a question is answered by any method', async () => {
      const world = await open()
      const ask = asker(world)
      const { ready, organizations: at } = world
      const { secret: revoked } = await ready({ organizationId: at.alder }, { revokedAt: MADE_AT })
      const { secret } = await ready({ organizationId: at.alder })
      for (const query of ['scope=data:read', 'scope=', 'organization=birch'])
        expect(await ask(revoked, query)).toMatchObject({ status: 401, challenge: 'Bearer error="invalid_token"' })
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']) {
        expect((await ask(secret, 'scope=data:read', method)).status, method).toBe(200)
        expect((await ask(secret, 'scope=tokens:write', method)).status, method).toBe(403)
        expect((await ask(revoked, 'scope=data:read', method)).status, method).toBe(401)
      }
      for (const query of ['', 'token=x']) expect((await ask(secret, query, 'POST')).status).toBe(405)
    })
  })
}
