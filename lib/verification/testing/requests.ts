import { describe, expect, test } from 'vitest'
import { secretString } from '#lib/tokens/secret'
import { client, send } from '#lib/verification/testing/http'
import type { Opened } from '#lib/verification/testing/opened'

/** How requests that are wrong in form are refused, and in which order. */
export function requestContract(open: () => Promise<Opened>) {
  describe('requests', () => {
    test('a wrong body is refused by its form, naming the fields and quoting nothing', async () => {
      const { post, ready, organizations: at } = await open()
      const { secret } = await ready({ organizationId: at.alder })
      const token = secret.reveal()
      const notJson = [
        '',
        '{',
        `{"token": ${token}}`,
        `\uFEFF{"token":"${token}"}`,
        Buffer.from('{"token":"\xff"}', 'latin1'),
        '['.repeat(9_999),
      ]
      for (const body of notJson) {
        const answered = await post(body)
        expect(answered.status).toBe(400)
        expect(JSON.parse(answered.text)).toMatchObject({ code: 'not_json', status: 400, type: 'about:blank' })
        expect(answered.text).not.toContain(token)
      }
      const body = JSON.stringify({ token })
      expect((await post(body, { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(400)
      expect((await post(body, { 'content-type': 'application/json; charset=latin1' })).status).toBe(400)
      expect((await post(body, { 'content-type': 'application/json; charset=UTF-8' })).status).toBe(200)

      const shapes: [object | null | string, string[]][] = [
        [[], ['body']],
        [null, ['body']],
        ['x', ['body']],
        [{}, ['token']],
        [{ token: 5 }, ['token']],
        [{ token, Scope: 'data:read', ttl: 1 }, ['Scope', 'ttl']],
        [{ token, scope: ['data:read'], resource: '', organization: 7 }, ['scope', 'resource', 'organization']],
        [{ token, scope: 'data:read  reports:read' }, ['scope']],
        [{ token, scope: 'x'.repeat(5_000), resource: 'x'.repeat(201) }, ['scope', 'resource']],
        [{ token, ip: 'nowhere', userAgent: null, endpoint: 'x'.repeat(20_000) }, ['ip', 'userAgent', 'endpoint']],
      ]
      for (const [shape, fields] of shapes) {
        const answered = await post(JSON.stringify(shape))
        expect(answered.status).toBe(422)
        expect(answered.headers['content-type']).toBe('application/problem+json')
        const document = JSON.parse(answered.text)
        expect(document).toMatchObject({ code: 'invalid', status: 422 })
        expect(Object.keys(document.fields).sort()).toEqual([...fields].sort())
        expect(answered.text).not.toContain(token)
      }
      const proto = await post(`{"token": "x", "__proto__": {"active": true}}`)
      expect(Object.keys(JSON.parse(proto.text).fields)).toEqual(['__proto__'])
    })

    test('size is judged before credentials, credentials before scope, and those before the form of the body', async () => {
      const { baseUrl, gateway, ready, organizations: at } = await open()
      const reader = await ready({ organizationId: at.platform })
      const huge = 'x'.repeat(64 * 1024 + 1)
      const statuses = async (secret: typeof gateway.secret | null) => {
        const { post } = client(baseUrl, secret)
        return [(await post(huge)).status, (await post('{')).status, (await post('{}')).status]
      }
      expect(await statuses(null)).toEqual([413, 401, 401])
      expect(await statuses(secretString('x'))).toEqual([413, 401, 401])
      expect(await statuses(reader.secret)).toEqual([413, 403, 403])
      expect(await statuses(gateway.secret)).toEqual([413, 400, 422])
    })

    test('a body of 64 KiB is read, and one that grows beyond it is refused while it still arrives', async () => {
      const { baseUrl, post } = await open()
      const whole = JSON.stringify({ token: 'x'.repeat(64 * 1024 - 12) })
      expect(whole).toHaveLength(64 * 1024)
      expect((await post(whole)).status).toBe(200)
      const piece = Buffer.alloc(32 * 1024, 'x')
      for (const headers of [{}, { 'content-length': String(64 * piece.length) }]) {
        const answered = await send(`${baseUrl}/api/v1/verify`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: Array<Buffer>(64).fill(piece),
        })
        expect(answered.status).toBe(413)
        expect(answered.headers.connection).toBe('close')
        expect(JSON.parse(answered.text)).toMatchObject({ code: 'too_large' })
      }
    })

    test('a body that nobody asked for is judged by its size too', async () => {
      const { baseUrl, gateway } = await open()
      const authorization = `Bearer ${gateway.secret.reveal()}`
      const me = async (length: number, headers: Record<string, string> = {}) => {
        const body = [Buffer.alloc(length, 'x')]
        const answered = await send(`${baseUrl}/api/v1/me`, {
          headers: { 'content-length': String(length), ...headers },
          body,
        })
        return answered.status
      }
      expect(await me(64 * 1024, { authorization })).toBe(200)
      expect(await me(64 * 1024 + 1, { authorization })).toBe(413)
      expect(await me(64 * 1024 + 1)).toBe(413)
      expect(await me(64 * 1024)).toBe(401)
    })

    test('several credentials are none', async () => {
      const { baseUrl, gateway } = await open()
      const good = `Bearer ${gateway.secret.reveal()}`
      for (const authorization of [
        [good, good],
        [good, 'Bearer x'],
        ['Basic eDp5', good],
      ]) {
        const answered = await send(`${baseUrl}/api/v1/me`, { headers: { authorization } })
        expect(answered.status).toBe(401)
      }
      expect((await send(`${baseUrl}/api/v1/me`, { headers: { authorization: [good] } })).status).toBe(200)
    })

    test('other methods are refused with what is allowed, and nothing is ever cached', async () => {
      const { baseUrl, me, post } = await open()
      for (const [path, method, allow] of [
        ['verify', 'GET', 'POST'],
        ['verify?x=1', 'DELETE', 'POST'],
        ['me', 'POST', 'GET, HEAD'],
        ['me', 'PUT', 'GET, HEAD'],
      ] as const) {
        const answered = await send(`${baseUrl}/api/v1/${path}`, { method })
        expect(answered.status).toBe(405)
        expect(answered.headers.allow).toBe(allow)
        expect(answered.headers['cache-control']).toBe('no-store')
        expect(JSON.parse(answered.text)).toMatchObject({ code: 'method_not_allowed' })
      }
      for (const answered of [await me(), await post('{}'), await post('{"token":"x"}')])
        expect(answered.headers['cache-control']).toBe('no-store')
    })
  })
}
