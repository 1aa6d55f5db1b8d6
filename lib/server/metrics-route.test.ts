import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '#lib/log'
import { openMetrics } from '#lib/metrics'
import { serveMetrics } from '#lib/server/metrics-route'
import { openVerifier } from '#lib/verification/open'
import { addressOf, client, send } from '#lib/verification/testing/http'
import { openWorld } from '#lib/verification/testing/world'

/** A server with a verifier and its metrics; `peer` is the address that requests seem to come from. */
async function open({ token, peer }: { token?: string; peer?: string } = {}) {
  const world = await openWorld()
  const verifier = await openVerifier({ databaseUrl: world.url, prefixes: ['tok'], log: createLog('silent') })
  const metrics = openMetrics(verifier)
  const server = createServer((request, response) => {
    if (peer !== undefined) Object.defineProperty(request.socket, 'remoteAddress', { value: peer, configurable: true })
    if (verifier.handle(request, response) || serveMetrics(request, response, { metrics, token })) return
    metrics.deskAnswered('tokens', 'GET', 200, 0.01)
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await verifier.close()
  })
  const baseUrl = `http://127.0.0.1:${addressOf(server.address()).port}`
  const ask = (headers: Record<string, string> = {}, method = 'GET') =>
    send(`${baseUrl}/api/metrics?x=1`, { method, headers })
  return { ...world, baseUrl, ask }
}

const statusesOf = async (ask: Awaited<ReturnType<typeof open>>['ask']) => ({
  bare: (await ask()).status,
  forwarded: (await ask({ 'x-forwarded-for': '127.0.0.1' })).status,
  byProxy: (await ask({ via: '1.1 proxy' })).status,
  wrong: (await ask({ authorization: 'Bearer nope', 'x-forwarded-host': 'a' })).status,
  right: (await ask({ authorization: 'Bearer a-metrics-token' })).status,
})

test('metrics are told to whoever has the token, and to this machine unless it forwards for another', async () => {
  const token = 'a-metrics-token'
  expect(await statusesOf((await open({ token })).ask)).toEqual({
    bare: 200,
    forwarded: 401,
    byProxy: 401,
    wrong: 401,
    right: 200,
  })
  expect(await statusesOf((await open({ token, peer: '203.0.113.9' })).ask)).toEqual({
    bare: 401,
    forwarded: 401,
    byProxy: 401,
    wrong: 401,
    right: 200,
  })
})

test('without a token there is nothing there for anybody else', async () => {
  expect(await statusesOf((await open({ peer: '::ffff:203.0.113.9' })).ask)).toEqual({
    bare: 404,
    forwarded: 404,
    byProxy: 404,
    wrong: 404,
    right: 404,
  })
  for (const peer of ['::1', '::ffff:127.0.0.1', '127.8.8.8']) {
    const { ask } = await open({ peer })
    expect((await ask()).status).toBe(200)
    expect((await ask({ forwarded: 'for=203.0.113.9' })).status).toBe(404)
    expect((await ask({}, 'POST')).status).toBe(405)
  }
})

test.each([
  'forwarded',
  'x-forwarded-for',
  'x-forwarded',
  'x-original-forwarded-for',
  'forwarded-for',
  'via',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'true-client-ip',
  'fastly-client-ip',
  'cf-connecting-ip',
  'do-connecting-ip',
])('whoever comes with %s was forwarded, and is told nothing', async (name) => {
  const { ask } = await open()
  expect((await ask()).status).toBe(200)
  expect((await ask({ [name]: '127.0.0.1' })).status).toBe(404)
})

test('this machine is told metrics under its loopback names alone, whatever names lead to it', async () => {
  const { ask } = await open()
  for (const host of ['localhost', 'LocalHost:3000', 'tokenry.localhost:3000', '127.0.0.1:3000', '[::1]:3000'])
    expect((await ask({ host })).status, host).toBe(200)
  for (const host of ['evil.test', 'localhost.evil.test:3000', '127.0.0.1.evil.test', '192.0.2.1', 'a@localhost'])
    expect((await ask({ host })).status, host).toBe(404)
})

test('verdicts, times, connections and the process itself are counted, and no label names anybody', async () => {
  const { ask, ready, organizations: at, baseUrl } = await open()
  const gateway = await ready({ organizationId: at.platform }, { scopes: ['tokens:verify'] })
  const { secret } = await ready({ organizationId: at.alder })
  const { verify, me } = client(baseUrl, gateway.secret)
  for (let times = 0; times < 3; times++) await verify(secret)
  await verify(secret, { scope: 'reports:write' })
  await verify('nothing')
  await me()
  await client(baseUrl, secret).post('{}')
  await send(`${baseUrl}/o/alder/tokens`, {})
  const { text, headers } = await ask()
  expect(headers['content-type']).toContain('text/plain')
  for (const line of [
    'tokenry_verdicts_total{verdict="active"} 3',
    'tokenry_verdicts_total{verdict="insufficient_scope"} 1',
    'tokenry_verdicts_total{verdict="malformed"} 1',
    'tokenry_verifier_request_seconds_count{route="verify",status="2xx"} 5',
    'tokenry_verifier_request_seconds_count{route="verify",status="4xx"} 1',
    'tokenry_verifier_request_seconds_count{route="me",status="2xx"} 1',
    'tokenry_desk_requests_total{route="tokens",method="GET",status="2xx"} 1',
    'tokenry_uses_dropped_total{kind="use"} 0',
    'tokenry_verifier_waiting 0',
  ])
    expect(text.split('\n')).toContain(line)
  expect(text).toMatch(/tokenry_verifier_entries \d+/)
  expect(text).toMatch(/tokenry_verifier_lookups_total\{from="database"\} \d+/)
  expect(text).toMatch(/tokenry_verifier_leased [01]/)
  expect(text).toMatch(/tokenry_database_connections\{application="tokenry-verifier",state="(idle|active)"\} [1-9]/)
  for (const name of [
    'nodejs_eventloop_lag_seconds',
    'process_resident_memory_bytes',
    'tokenry_desk_request_seconds_bucket',
  ])
    expect(text).toContain(name)
  for (const unbounded of ['alder', at.alder, secret.reveal().split('_')[2]]) expect(text).not.toContain(unbounded)
})
