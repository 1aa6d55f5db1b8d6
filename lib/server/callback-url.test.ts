import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Auth } from '@auth/core'
import Credentials from '@auth/core/providers/credentials'
import { expect, onTestFinished, test } from 'vitest'
import { admit } from '#lib/server/admit'

/** next-auth's own routes behind the door: the status of each answer. */
async function open() {
  const config = {
    trustHost: true,
    secret: 'a secret of this test',
    basePath: '/api/auth',
    logger: { error: () => {} },
  }
  const server = createServer(async (request, response) => {
    if (!admit(request, response, { isTrusted: () => false })) return
    const { url, headers } = request
    const asked = new Request(`http://localhost${url}`, { headers: { cookie: headers.cookie ?? '' } })
    const answer = await Auth(asked, { ...config, providers: [Credentials({})] })
    response.writeHead(answer.status, { 'x-cookie': headers.cookie ?? '', 'x-url': url ?? '' }).end(await answer.text())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return (path: string, cookie = '') =>
    new Promise<{ status: number; cookie: unknown; url: unknown }>((resolve, reject) => {
      const outgoing = send({ port, host: '127.0.0.1', path, headers: { cookie, connection: 'close' } }, (response) => {
        const { 'x-cookie': left, 'x-url': url } = response.headers
        response.resume().on('end', () => resolve({ status: response.statusCode ?? 0, cookie: left, url }))
      })
      outgoing.on('error', reject)
      outgoing.end()
    })
}

const UNREADABLE = ['x', 'javascript:alert(1)', 'http://', 'http://[', '//[', '/\\[', '%', '%E0%A4%A', 'http:// a', '"']

test('an address to return to that cannot be read is as good as none', async () => {
  const ask = await open()
  for (const route of ['session', 'csrf', 'providers'])
    for (const bad of UNREADABLE) {
      const written = encodeURIComponent(bad)
      expect((await ask(`/api/auth/${route}?callbackUrl=${written}`)).status, `${route} ${bad}`).toBe(200)
      expect((await ask(`/api/auth/${route}?callbackUrl=/a&callbackUrl=${written}`)).status, `${route} ${bad}`).toBe(
        200,
      )
      for (const value of [bad, written, ` ${written} `])
        expect((await ask(`/api/auth/${route}`, `a=b; authjs.callback-url=${value}; c=d`)).status, value).toBe(200)
    }
})

test('what can be read stays, and so does everything else', async () => {
  const ask = await open()
  const cookie = 'a=%; authjs.callback-url=http%3A%2F%2Flocalhost%2Fa; authjs.session-token=x.y'
  const url = '/api/auth/session?a=%20&callbackUrl=/o/alder?x'
  expect(await ask(url, cookie)).toEqual({ status: 200, cookie, url })
  const bad = 'a=%; __Secure-authjs.callback-url=x; authjs.session-token=x.y'
  expect(await ask('/api/auth/csrf?callbackUrl=x&a=1', bad)).toEqual({
    status: 200,
    cookie: 'a=%; authjs.session-token=x.y',
    url: '/api/auth/csrf?a=1',
  })
})
