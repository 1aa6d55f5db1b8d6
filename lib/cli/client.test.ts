import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { readAddress } from '#lib/cli/address'
import { openClient } from '#lib/cli/client'

/** A server that gives each of these answers in turn, and what it was asked. */
async function answering(...answers: ((response: ServerResponse) => void)[]) {
  const keys: unknown[] = []
  const server = createServer((request, response) => {
    keys.push(request.headers['idempotency-key'])
    answers.shift()?.(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it listens on a port')
  return { client: openClient({ url: `http://127.0.0.1:${address.port}`, token: 't' }), keys }
}

const refuse = (status: number, code: string) => (response: ServerResponse) => {
  response.writeHead(status, { 'retry-after': '0' })
  response.end(JSON.stringify({ code, detail: 'No.', fields: { name: 'Taken.' } }))
}
const hangUp = (response: ServerResponse) => void response.destroy()
const done = (response: ServerResponse) => void response.end('{"made":true}')
const Made = z.object({ made: z.literal(true) })

test('what carries a key is asked again under it after a lost answer, and while the first is still being answered', async () => {
  const { client, keys } = await answering(hangUp, refuse(409, 'idempotency_in_progress'), done)
  await expect(client.read(Made, 'POST', '/', { headers: { 'idempotency-key': 'k' } })).resolves.toEqual({ made: true })
  expect(keys).toEqual(['k', 'k', 'k'])
})

test('what could be done twice is asked for once, and a refusal names its fields', async () => {
  const { client, keys } = await answering(hangUp, refuse(409, 'name_taken'))
  await expect(client.ask('POST', '/')).rejects.toMatchObject({ exitCode: 7 })
  await expect(client.ask('GET', '/')).rejects.toMatchObject({ exitCode: 6, message: 'No.\n  name: Taken.' })
  expect(keys).toHaveLength(2)
})

test.each(['http://tokens.example.com', 'ftp://localhost', 'tokens.example.com', 'http://localhost.example.com'])(
  'no token is sent to %s',
  (address) => {
    expect(() => readAddress(address)).toThrow()
  },
)
