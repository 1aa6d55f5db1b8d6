import { describe, expect, test } from 'vitest'
import { secretString } from '#lib/tokens/secret'
import { bearer, client, postForm, send } from '#lib/verification/testing/http'
import type { Opened } from '#lib/verification/testing/opened'
import { MADE_AT } from '#lib/verification/testing/world'

/** How forms that are wrong are refused, and in which order. */
export function formContract(open: () => Promise<Opened>) {
  describe('forms', () => {
    test('a wrong form is an invalid request, quotes nothing and changes nothing; what a form has besides is ignored', async () => {
      const { baseUrl, gateway, verify, ready, organizations: at } = await open()
      const { secret } = await ready({ organizationId: at.alder })
      const token = secret.reveal()
      const wrong = [
        '',
        '&&',
        'token',
        'token=',
        `Token=${token}`,
        `token=${token}&token=${token}`,
        `token=${token}&x=1&x=1`,
        `token=${token}&%74oken=`,
        `token=${token}&x=%zz`,
        `token=${token}&x=%`,
        `token=${token}&x=%ff`,
        Buffer.from(`token=${token}&x=\xff`, 'latin1'),
      ]
      for (const path of ['introspect', 'revoke']) {
        const post = (form: string | Buffer, headers: Record<string, string> = {}) =>
          postForm(`${baseUrl}/api/v1/${path}`, form, { ...bearer(gateway.secret), ...headers })
        const refused = await Promise.all(wrong.map((form) => post(form)))
        for (const type of ['application/json', 'multipart/form-data', 'application/x-www-form-urlencoded; charset=x'])
          refused.push(await post(`token=${token}`, { 'content-type': type }))
        for (const [index, { status, headers, text }] of refused.entries()) {
          expect(status, `${path} ${index}`).toBe(400)
          expect(headers['content-type']).toBe('application/problem+json')
          expect(JSON.parse(text)).toMatchObject({ code: 'invalid_request', status: 400 })
          expect(text).not.toContain(token)
        }
      }
      const { text } = await postForm(
        `${baseUrl}/api/v1/introspect`,
        `token=${token}&ip=nowhere&scope=a++b`,
        bearer(gateway.secret),
      )
      expect(Object.keys(JSON.parse(text).fields)).toEqual(['scope', 'ip'])
      expect(await verify(secret)).toMatchObject({ active: true })

      const odd = `&__proto__=1&client_secret=a%3Db=c&scope=&organization&token=${token}&token_type_hint=%E4%B8%83`
      const type = { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' }
      const asked = await postForm(`${baseUrl}/api/v1/introspect`, odd, { ...bearer(gateway.secret), ...type })
      expect(JSON.parse(asked.text)).toMatchObject({ active: true })
      expect((await postForm(`${baseUrl}/api/v1/revoke`, odd, type)).status).toBe(200)
      expect(await verify(secret)).toMatchObject({ reason: 'revoked' })
    })

    test('size is judged before credentials, those as for verification and before the form, and methods before all', async () => {
      const { baseUrl, gateway, ready, organizations: at } = await open()
      const reader = await ready({ organizationId: at.platform })
      const revoked = await ready({ organizationId: at.platform }, { scopes: ['tokens:verify'], revokedAt: MADE_AT })
      const statuses = async (path: string, headers: Record<string, string> = {}) => {
        const post = async (form: string) => (await postForm(`${baseUrl}/api/v1/${path}`, form, headers)).status
        return [await post('x'.repeat(64 * 1024 + 1)), await post('%')]
      }
      expect(await statuses('introspect')).toEqual([413, 401])
      expect(await statuses('introspect', bearer(reader.secret))).toEqual([413, 403])
      expect(await statuses('introspect', bearer(gateway.secret))).toEqual([413, 400])
      expect(await statuses('revoke')).toEqual([413, 400])
      for (const credential of [null, secretString('x'), revoked.secret, reader.secret]) {
        const headers = credential === null ? {} : bearer(credential)
        const answered = await postForm(`${baseUrl}/api/v1/introspect`, { token: gateway.secret.reveal() }, headers)
        const verified = await client(baseUrl, credential).post('{')
        expect(answered).toMatchObject({ status: verified.status, text: verified.text })
        expect(answered.headers['www-authenticate']).toBe(verified.headers['www-authenticate'])
        expect(answered.headers['www-authenticate']).toContain('Bearer error=')
      }
      for (const path of ['introspect', 'revoke'])
        for (const method of ['GET', 'OPTIONS', 'PUT']) {
          const answered = await send(`${baseUrl}/api/v1/${path}?token=x`, { method })
          expect([answered.status, answered.headers.allow]).toEqual([405, 'POST'])
        }
    })
  })
}
