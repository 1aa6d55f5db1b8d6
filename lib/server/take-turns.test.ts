import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { takeTurns } from '#lib/server/take-turns'

const DOOR = '/api/auth/callback/credentials'

/** A desk that answers a sign-in only when it is told to. */
async function open() {
  const inside: (() => void)[] = []
  const turns = takeTurns()
  const server = createServer((request, response) => {
    const enter = () => {
      if (request.method === 'GET') return void response.end()
      inside.push(() => request.resume().on('end', () => response.end('let in')))
    }
    void turns(request, response, enter)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const begin = (path: string, headers: Record<string, string | number>, method: string) => {
    const { promise, resolve } = Promise.withResolvers<{
      status: number
      retryAfter: string | undefined
      text: string
    }>()
    const outgoing = send({ port, host: '127.0.0.1', path, method, headers }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], text }),
      )
    })
    outgoing.on('error', () => {})
    return { outgoing, answer: promise }
  }
  const post = (headers: Record<string, string | number> = {}, path = DOOR) => {
    const { outgoing, answer } = begin(path, headers, 'POST')
    outgoing.end('password=x')
    return answer
  }
  const get = () => {
    const { outgoing, answer } = begin('/sign-in', {}, 'GET')
    outgoing.end()
    return answer
  }
  return { inside, post, get, begin }
}

const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make)

test('of many simultaneous sign-ins one is in the desk, 20 wait for their turn, and the rest come back later', async () => {
  const { inside, post } = await open()
  const refused: object[] = []
  const answers = times(100, () =>
    post().then((answer) => {
      if (answer.status === 503) refused.push(answer)
      return answer.status
    }),
  )
  await vi.waitFor(() => expect(refused).toHaveLength(79), 10_000)
  expect(refused[0]).toMatchObject({ retryAfter: '1', text: expect.stringContaining('"code":"busy"') })
  for (let n = 0; n < 21; n++) {
    await vi.waitFor(() => expect(inside).toHaveLength(1))
    inside.pop()?.()
  }
  expect((await Promise.all(answers)).filter((status) => status === 200)).toHaveLength(21)
})

test('people at the form wait longer than programs', async () => {
  const { inside, post } = await open()
  const form = { 'next-action': 'x' }
  const answers = times(30, () => post(form, '/sign-in'))
  for (let n = 0; n < 30; n++) {
    await vi.waitFor(() => expect(inside).toHaveLength(1))
    inside.pop()?.()
  }
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(times(30, () => 200))
})

test('whoever sends slowly, or gives up, holds up nobody', async () => {
  const { inside, post, begin, get } = await open()
  const slow = begin(DOOR, { 'content-length': 10 }, 'POST')
  slow.outgoing.write('p')
  await vi.waitFor(() => expect(inside).toHaveLength(1))
  const first = post()
  await vi.waitFor(() => expect(inside).toHaveLength(2))
  const given = begin(DOOR, {}, 'POST')
  given.outgoing.end('password=x')
  const last = post()
  expect((await get()).status).toBe(200)
  await new Promise((resolve) => setTimeout(resolve, 50))
  given.outgoing.destroy()
  await new Promise((resolve) => setTimeout(resolve, 50))
  inside.pop()?.()
  expect((await first).status).toBe(200)
  await vi.waitFor(() => expect(inside).toHaveLength(2))
  inside.pop()?.()
  expect((await last).status).toBe(200)
})
