import { createServer, get } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '#lib/log'
import { admit } from '#lib/server/admit'
import { listen } from '#lib/server/listen'
import { observe } from '#lib/server/observe'
import { newRevealKey } from '#lib/testing/world'
import { deriveSecret, newSalt, newTokenId } from '#lib/tokens/secret'

async function open() {
  const lines: string[] = []
  const counted: (string | number)[][] = []
  const log = createLog('info', { write: (line) => lines.push(line) })
  const metrics = { deskAnswered: (...given: [string, string, number, number]) => void counted.push(given.slice(0, 3)) }
  const server = createServer((request, response) => {
    const isAdmitted = admit(request, response, { isTrusted: () => false })
    observe(request, response, { log, metrics })
    if (!isAdmitted || request.url === '/o/alder/reports') return
    request.url = '/changed/meanwhile'
    response.writeHead(request.headers['x-fail'] === undefined ? 200 : 500).end()
  })
  const port = await listen(server, 0, '127.0.0.1')
  onTestFinished(() => void server.close())
  const ask = (path: string, headers: Record<string, string> = {}) =>
    new Promise<string>((resolve) => {
      const request = get({ port, host: '127.0.0.1', path, headers: { connection: 'close', ...headers } }, (response) =>
        response.resume().on('end', () => resolve(String(response.headers['x-request-id']))),
      )
      request.on('error', () => resolve(''))
      if (path === '/o/alder/reports') setTimeout(() => request.destroy(), 100)
    })
  return { ask, counted, parsed: () => lines.map((line) => JSON.parse(line)) }
}

test('a request is one line when it ends, without its query, and under the id that the answer carries', async () => {
  const { ask, counted, parsed } = await open()
  const requestId = await ask('/o/alder/tokens?q=what+was+typed')
  await expect.poll(parsed).toHaveLength(1)
  const [line] = parsed()
  expect(line).toMatchObject({
    level: 'info',
    requestId,
    method: 'GET',
    path: '/o/alder/tokens',
    status: 200,
    client: '127.0.0.1',
  })
  expect(line.ms).toBeGreaterThanOrEqual(0)
  expect(JSON.stringify(line)).not.toContain('typed')
  expect(counted).toEqual([['tokens', 'GET', 200]])
})

test('refusals, failures and what the client gave up on are told too', async () => {
  const { ask, parsed } = await open()
  await ask('/%')
  await ask('/sign-in', { 'x-fail': 'yes' })
  await ask('/o/alder/reports')
  await expect.poll(parsed).toHaveLength(3)
  expect(parsed()).toMatchObject([
    { path: '(unreadable)', status: 400 },
    { level: 'warn', path: '/sign-in', status: 500 },
    { path: '/o/alder/reports', aborted: true },
  ])
})

test('what is asked over and over is counted and, while it goes well, not told', async () => {
  const { ask, counted, parsed } = await open()
  for (const path of ['/_next/static/a.js', '/o/alder/tokens/changes', '/api/ready']) await ask(path)
  await ask('/api/ready', { 'x-fail': 'yes' })
  await expect.poll(() => counted).toHaveLength(4)
  expect(parsed()).toMatchObject([{ path: '/api/ready', status: 500 }])
})

test('no secret in a path is told, wherever the line is cut and however often it was escaped', async () => {
  const { ask, parsed } = await open()
  const id = newTokenId()
  const secret = deriveSecret({ prefix: 'tok', kind: 'personal', id, key: newRevealKey(), salt: newSalt() }).reveal()
  const random = secret.slice(-49)
  const underscores = [1, 2, 3, 9].map((times) => `%${'25'.repeat(times - 1)}5f`)
  const paths = [
    ...[225, 226, 230, 250].map((length) => `/${'a'.repeat(length - 1)}/${secret}`),
    ...underscores.map((underscore) => `/o/${secret.replaceAll('_', underscore)}`),
    `/o/${secret.replaceAll('_', '%2%35%35f')}`,
    `/o/%25/${secret.replaceAll('_', '%255f')}`,
    `/o/${[...secret].map((letter) => `%25${letter.charCodeAt(0).toString(16)}`).join('')}`,
  ]
  for (const path of paths) await ask(path)
  await expect.poll(parsed).toHaveLength(paths.length)
  for (const line of parsed()) {
    expect(line.path.length).toBeLessThanOrEqual(300)
    expect(line.path).not.toContain(random.slice(0, 20))
  }
})
