import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { expect, onTestFinished, test, vi } from 'vitest'
import { makeReach } from '#lib/accounts/provider/reach'

const PATIENCE = { patienceMs: 300, knownForMs: 600_000, awayForMs: 15_000 }
const UNREACHABLE = { name: 'ProviderUnreachable' }

/** A server that answers so, and how often it was asked. */
async function provider(answer: RequestListener) {
  let asked = 0
  const server = createServer((request, response) => {
    asked++
    answer(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a server on a port has one')
  const close = async () => {
    server.closeAllConnections()
    if (server.listening) await new Promise((closed) => server.close(closed))
  }
  onTestFinished(close)
  const url = `http://127.0.0.1:${address.port}`
  return { close, asked: () => asked, token: `${url}/token`, discovery: `${url}/.well-known/openid-configuration` }
}

test('a provider that never answers, is gone, or can not, is unreachable, whatever it is asked', async () => {
  const silent = await provider(() => {})
  const gone = await provider(() => {})
  await gone.close()
  const broken = await provider((_, response) => response.writeHead(503).end('{}'))
  for (const { token, discovery } of [silent, gone, broken]) {
    const reach = makeReach(PATIENCE)
    await expect(reach(token, { method: 'POST' })).rejects.toMatchObject(UNREACHABLE)
    await expect(reach(discovery)).rejects.toMatchObject(UNREACHABLE)
  }
})

test('an answer that is cut off or never ends is none', async () => {
  const cut = await provider((_, response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('{"issuer":', () => response.destroy())
  })
  const endless = await provider((_, response) => void response.writeHead(200).write('{"issuer":'))
  for (const { token, discovery } of [cut, endless]) {
    const reach = makeReach(PATIENCE)
    await expect(reach(token)).rejects.toMatchObject(UNREACHABLE)
    await expect(reach(discovery)).rejects.toMatchObject(UNREACHABLE)
  }
})

test('an answer comes whole, with its status, a refusal too', async () => {
  const { token } = await provider((_, response) =>
    response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}'),
  )
  const answer = await makeReach(PATIENCE)(token)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/json'])
  expect(await answer.json()).toEqual({ error: 'invalid_grant' })
})

test('what a provider says of itself is asked once in 10 minutes, and once in 15 seconds while it is away', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const later = (ms: number) => vi.setSystemTime(Date.now() + ms)
  let status = 503
  const { asked, discovery } = await provider((_, response) => response.writeHead(status).end('{"issuer":"x"}'))
  const reach = makeReach(PATIENCE)
  const ask = () => Promise.allSettled([reach(discovery), reach(discovery)])
  await ask()
  later(14_999)
  await ask()
  expect(asked()).toBe(1)
  later(1)
  status = 200
  for (const wait of [0, 599_999]) {
    later(wait)
    for (const one of await ask()) expect(one).toMatchObject({ status: 'fulfilled' })
    expect(asked()).toBe(2)
  }
  expect(await (await reach(discovery)).json()).toEqual({ issuer: 'x' })
  later(1)
  await ask()
  expect(asked()).toBe(3)
})
