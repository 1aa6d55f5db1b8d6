import { once } from 'node:events'
import { Agent, createServer, get, type ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { drain } from '#lib/server/drain'
import { listen } from '#lib/server/listen'

/** A server with one request in flight on a connection that the client keeps. */
async function busyServer() {
  const asked = Promise.withResolvers<ServerResponse>()
  const server = createServer((_, response) => asked.resolve(response))
  const port = await listen(server, 0, '127.0.0.1')
  const request = get({ port, host: '127.0.0.1', agent: new Agent({ keepAlive: true }) })
  return { server, request, response: await asked.promise }
}

test('a request in flight is answered, and the connection it kept does not hold the end up', async () => {
  const { server, request, response } = await busyServer()
  const drained = drain(server, 10_000)
  response.end('done')
  const [answer] = await once(request, 'response')
  answer.resume()
  const began = Date.now()
  await drained
  expect(answer.statusCode).toBe(200)
  expect(Date.now() - began).toBeLessThan(2_000)
})

test('a request that takes longer than the patience is cut off', async () => {
  const { server, request } = await busyServer()
  const broken = once(request, 'error')
  await drain(server, 50)
  await broken
  expect(server.listening).toBe(false)
})
