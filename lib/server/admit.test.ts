import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { REQUESTED_PATH } from '#lib/request-headers'
import { admit } from '#lib/server/admit'

/** A server that answers what it let in: with the path as the desk would read it. */
async function open() {
  const server = createServer((request, response) => {
    if (admit(request, response, { isTrusted: () => false }))
      request.resume().on('end', () => response.end(String(request.headers[REQUESTED_PATH])))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return (path: string, headers: Record<string, string | number> = {}, body = '') =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const outgoing = send(
        { port, host: '127.0.0.1', path, method: body === '' ? 'GET' : 'POST', headers },
        (response) => {
          let text = ''
          response.on('data', (chunk) => {
            text += chunk
          })
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
        },
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })
}

test('a body over 64 KiB is refused by its announced length, and one of unknown length altogether', async () => {
  const ask = await open()
  const whole = 'x'.repeat(64 * 1024)
  expect((await ask('/', { 'content-length': whole.length }, whole)).status).toBe(200)
  expect((await ask('/', { 'content-length': whole.length + 1 }, `${whole}x`)).status).toBe(413)
  expect((await ask('/', { 'transfer-encoding': 'chunked' }, 'x')).status).toBe(411)
})

test('a path that cannot be read is a bad request', async () => {
  const ask = await open()
  for (const path of ['/o/%E0%A4%A/tokens', '/o/%00/tokens', '/%']) expect((await ask(path)).status).toBe(400)
})

test('the desk is told the path that was asked for, whatever the request itself says of it', async () => {
  const ask = await open()
  expect((await ask('/o/alder/tokens?q=a&_rsc=1', { [REQUESTED_PATH]: '/elsewhere' })).text).toBe('/o/alder/tokens?q=a')
})
