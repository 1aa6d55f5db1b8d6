import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { openPackedFiles } from '#lib/server/packed-files'

const SCRIPT = 'console.log("a script of the build")'

async function serveBuild() {
  const folder = mkdtempSync(join(tmpdir(), 'tokenry packed '))
  mkdirSync(join(folder, 'chunks'))
  writeFileSync(join(folder, 'chunks/a.js'), SCRIPT)
  writeFileSync(join(folder, 'chunks/a.js.br'), brotliCompressSync(SCRIPT))
  writeFileSync(join(folder, 'secret.txt.br'), 'x')
  const serve = openPackedFiles(folder)
  const server = createServer((request, response) => {
    if (!serve(request, response)) response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    rmSync(folder, { recursive: true })
  })
  const { port } = server.address() as AddressInfo
  return (path: string, encoding: string, method = 'GET') =>
    fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { 'accept-encoding': encoding } })
}

test('a script of the build comes packed to whoever unpacks it, and may be kept for a year', async () => {
  const ask = await serveBuild()
  const answer = await ask('/_next/static/chunks/a.js', 'gzip, deflate, br')
  expect(await answer.text()).toBe(SCRIPT)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'application/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
  })
  expect((await ask('/_next/static/chunks/a.js', 'br', 'HEAD')).status).toBe(200)
})

test.each([
  ['/_next/static/chunks/a.js', 'gzip', 'GET'],
  ['/_next/static/chunks/a.js', 'br;q=0', 'GET'],
  ['/_next/static/chunks/a.js', 'br', 'POST'],
  ['/_next/static/chunks/a.js.br', 'br', 'GET'],
  ['/_next/static/secret.txt', 'br', 'GET'],
  ['/_next/static/chunks/../chunks/a.js?x', 'br', 'GET'],
])('%s with %s by %s is left to the desk', async (path, encoding, method) => {
  const ask = await serveBuild()
  expect((await ask(path, encoding, method)).status).toBe(404)
})
