import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import type { SecretString } from '#lib/tokens/secret'
import { openVerifier } from '#lib/verification/open'
import { addressOf, bearer } from '#lib/verification/testing/http'
import { MADE_AT, openWorld } from '#lib/verification/testing/world'

const PAGE = resolve(import.meta.dirname, '../../docs/standards.md')
const NGINX = ['nginx', '/usr/sbin/nginx'].find((binary) => spawnSync(binary, ['-v']).status === 0)

async function blockOfPage(): Promise<string> {
  const [, block] = /^```nginx\n(.*?)^```$/ms.exec(await readFile(PAGE, 'utf8')) ?? []
  if (block === undefined) throw new Error('the page tells nothing of nginx')
  return block
}

async function listenOn(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => end(server))
  return addressOf(server.address()).port
}

async function end(server: Server): Promise<void> {
  if (!server.listening) return
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
}

/** nginx with the block that the page tells, on ports of ours: in front of a service that echoes and of a verifier. */
async function serveGateway(binary: string, databaseUrl: string) {
  const verifier = await openVerifier({ databaseUrl, prefixes: ['tok'], trustedProxies: ['127.0.0.1'] })
  onTestFinished(() => verifier.close())
  const tokenry = createServer((asked, answer) => void verifier.handle(asked, answer))
  const service = createServer(async (asked, answer) => void answer.end(`${asked.method} ${await text(asked)}`))
  const free = createServer()
  const ports = { 3001: await listenOn(tokenry), 8081: await listenOn(service), 8080: await listenOn(free) }
  await end(free)
  const told = Object.entries(ports).reduce(
    (whole, [theirs, ours]) => whole.replaceAll(new RegExp(`\\b${theirs}\\b`, 'g'), `127.0.0.1:${ours}`),
    (await blockOfPage()).replaceAll('127.0.0.1:', ''),
  )
  const folder = await mkdtemp(join(tmpdir(), 'tokenry nginx '))
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((each) => `${each}_temp_path ${each};`)
  const settings = [
    'daemon off; master_process off; pid nginx.pid; error_log stderr crit; events {}',
    `http { access_log off; ${temporary.join(' ')}`,
    told,
    '}',
  ]
  await writeFile(join(folder, 'nginx.conf'), settings.join('\n'))
  const nginx = spawn(binary, ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const complaint = text(nginx.stderr)
  const ended = once(nginx, 'exit')
  onTestFinished(async () => {
    nginx.kill()
    await ended
    await rm(folder, { recursive: true, force: true })
  })

  async function ask(
    secret: SecretString | null,
    path: string,
    { method = 'GET', body = '', from = '127.0.0.1', headers = {} } = {},
  ) {
    const asked = request({
      ...{ host: '127.0.0.1', port: ports[8080], path, method, localAddress: from, agent: false },
      headers: { ...(secret === null ? {} : bearer(secret)), ...headers },
    })
    asked.end(body)
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    const challenges = answer.headersDistinct['www-authenticate'] ?? []
    return { status: answer.statusCode, challenges, text: await text(answer) }
  }
  const isReady = () =>
    ask(null, '/').then(
      () => true,
      () => nginx.exitCode !== null,
    )
  await expect.poll(isReady, { timeout: 10_000 }).toBe(true)
  if (nginx.exitCode !== null) throw new Error(await complaint)
  return { ask, stopVerifier: () => end(tokenry) }
}

const unless = NGINX === undefined ? ' (skipped: there is no nginx here)' : ''

test.skipIf(NGINX === undefined)(
  `behind nginx as the page tells, a good token alone gets through${unless}`,
  async () => {
    const { url, ready, sql, organizations: at } = await openWorld()
    const { ask, stopVerifier } = await serveGateway(NGINX ?? '', url)
    const good = await ready({ organizationId: at.alder })
    const bound = await ready({ organizationId: at.alder }, { ipRanges: ['127.0.0.2'] })
    const { secret: expired } = await ready({ organizationId: at.alder }, { expiresAt: MADE_AT })
    const through = { status: 200, challenges: [], text: 'POST a reading' }
    const posting = { method: 'POST', body: 'a reading' }
    expect(await ask(good.secret, '/readings/?scope=x&organization=birch', posting)).toEqual(through)

    expect(await ask(good.secret, '/measurements/', posting)).toMatchObject({
      status: 403,
      challenges: ['Bearer error="insufficient_scope", scope="measurements:write"'],
    })
    const noToken = { status: 401, challenges: ['Bearer error="invalid_token"'] }
    for (const secret of [null, expired]) expect(await ask(secret, '/readings/', posting)).toMatchObject(noToken)
    expect((await ask(good.secret, '/tokenry')).status).toBe(404)

    expect((await ask(bound.secret, '/readings/', { from: '127.0.0.2' })).status).toBe(200)
    const pretended = { 'x-forwarded-for': '127.0.0.2', forwarded: 'for=127.0.0.2', 'x-real-ip': '127.0.0.2' }
    expect(await ask(bound.secret, '/readings/', { from: '127.0.0.3', headers: pretended })).toMatchObject(noToken)

    await sql`update tokens set revoked_at = now() where id = ${good.id}`
    expect(await ask(good.secret, '/readings/', posting)).toMatchObject(noToken)
    await stopVerifier()
    for (const { secret } of [good, bound])
      for (let times = 0; times < 3; times++)
        expect((await ask(secret, '/readings/', { from: '127.0.0.2' })).status).toBeGreaterThanOrEqual(500)
  },
)
