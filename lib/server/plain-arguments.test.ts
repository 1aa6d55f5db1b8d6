import { createServer } from 'node:http'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { hasPlainArgument } from '#lib/server/plain-arguments'
import { addressOf, send } from '#lib/verification/testing/http'

/** A server that says whether the argument is plain, and then how much of the body is still there to be read. */
async function open() {
  const server = createServer(async (request, response) => {
    const isPlain = await hasPlainArgument(request)
    let length = 0
    for await (const piece of request) length += piece.length
    response.end(`${isPlain} ${length}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = addressOf(server.address())
  const ask = async (...body: (string | Buffer)[]) =>
    (
      await send(`http://127.0.0.1:${port}`, {
        method: 'POST',
        headers: { 'content-length': String(body.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0)) },
        body,
      })
    ).text
  return ask
}

test.each([
  '[{"tokenId":"3kTq9ZpWb1xYc0Lm"}]',
  '[null]',
  ' [ "a\\u0000" ] ',
  '[{"name":"$$100","reason":"$undefined","expiration":{"kind":"preset","days":30},"scopes":["a"]}]',
  '[{"__proto__":{"a":1},"constructor":1}]',
])('plain, and the body is left whole: %s', async (text) => {
  const ask = await open()
  expect(await ask(text)).toBe(`true ${text.length}`)
})

test.each([
  '',
  'x',
  'null',
  '{}',
  '5',
  '[]',
  '[{},{}]',
  '[{}',
  '\uFEFF[{}]',
  '["$1"]',
  '["$F1"]',
  '["$K1"]',
  '["$T"]',
  '["$B1"]',
  '["$@1"]',
  '["$D2026-01-01"]',
  '["$"]',
  '["\\u0024F1"]',
  '[{"then":"$F1"}]',
  '[{"__proto__":{"then":"$1:x"}}]',
  '[[[[[[[1]]]]]]]',
  `${'['.repeat(32_000)}${']'.repeat(32_000)}`,
])('not one argument in plain JSON: %s', async (text) => {
  const ask = await open()
  expect(await ask(text)).toBe(`false ${Buffer.byteLength(text)}`)
})

test('bytes that are no UTF-8 are not plain', async () => {
  const ask = await open()
  expect(await ask(Buffer.from('["\xff"]', 'latin1'))).toBe('false 5')
})

test('a body of 64 KiB is looked at whole, in however many pieces it comes', async () => {
  const ask = await open()
  const whole = `["${'x'.repeat(64 * 1024 - 4)}"]`
  expect(await ask(whole)).toBe('true 65536')
  expect(await ask(...(whole.match(/.{1,9000}/g) ?? []))).toBe('true 65536')
})

test('a body that breaks off leaves nothing waiting', async () => {
  const answers: boolean[] = []
  const server = createServer(async (request) => void answers.push(await hasPlainArgument(request)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const peer = connect(addressOf(server.address()).port, '127.0.0.1')
  peer.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n["half')
  await new Promise((resolve) => setTimeout(resolve, 100))
  peer.destroy()
  await expect.poll(() => answers).toEqual([false])
})
