import { createServer, request as send } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { Readable } from 'node:stream'
import { expect, onTestFinished, test, vi } from 'vitest'
import { takeTurns } from '#lib/server/take-turns'

// More than a connection takes that nobody reads from.
const LARGE = Buffer.alloc(16 * 1024 * 1024)
const DOOR = '/api/auth/callback/credentials'

/** A desk that answers a sign-in only when it is told to. */
async function open() {
  const inside: (() => void)[] = []
  const turns = takeTurns()
  const server = createServer((request, response) => {
    const enter = () => {
      if (request.url === '/large') return void response.end(LARGE)
      if (request.method === 'GET') return void response.end()
      if (request.headers['x-large'] !== undefined) {
        // Nothing ends it before it was read.
        return void inside.push(() => Readable.from([LARGE, LARGE]).pipe(response))
      }
      if (request.headers['x-wrapped'] !== undefined) {
        const end = response.end.bind(response)
        response.end = () => end('wrapped')
      }
      if (request.headers['x-large-at-once'] !== undefined) return void inside.push(() => response.end(LARGE))
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
  /** Sends all at once, and reads nothing. */
  const sendUnread = (...requests: string[]) => {
    const socket = connect(port, '127.0.0.1').pause()
    socket.on('error', () => {})
    onTestFinished(() => void socket.destroy())
    socket.write(requests.map((each) => each.replaceAll('\n', '\r\n')).join(''))
    return socket
  }
  return { inside, post, get, begin, sendUnread }
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

const GET_LARGE = 'GET /large HTTP/1.1\nHost: a\n\n'
const unreadPost = (more = '') => `POST ${DOOR} HTTP/1.1\nHost: a\nContent-Length: 3\n${more}\na=1`

test('whoever sends a sign-in ahead of answers that they do not read takes no turn and no place', async () => {
  const { inside, post, sendUnread } = await open()
  for (let n = 0; n < 3; n++) sendUnread(GET_LARGE, ...times(30, () => unreadPost()))
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(inside).toHaveLength(0)
  const answer = post()
  await vi.waitFor(() => expect(inside).toHaveLength(1))
  inside.pop()?.()
  expect((await answer).status).toBe(200)
})

test('a turn ends when the answer was handed over, though nobody reads it', async () => {
  const { inside, post, sendUnread } = await open()
  const unread = sendUnread(unreadPost('X-Large-At-Once: yes\n'))
  await vi.waitFor(() => expect(inside).toHaveLength(1))
  const answer = post()
  inside.pop()?.()
  await vi.waitFor(() => expect(inside).toHaveLength(1))
  inside.pop()?.()
  expect((await answer).status).toBe(200)
  expect(unread.destroyed).toBe(false)
})

test('an answer that its client does not take holds the turn for five seconds', async () => {
  const { inside, post, sendUnread } = await open()
  sendUnread(unreadPost('X-Large: yes\n'))
  await vi.waitFor(() => expect(inside).toHaveLength(1))
  inside.pop()?.()
  const began = performance.now()
  const answer = post()
  await vi.waitFor(() => expect(inside).toHaveLength(1), 10_000)
  expect(performance.now() - began).toBeGreaterThan(4_000)
  inside.pop()?.()
  expect((await answer).status).toBe(200)
}, 20_000)

test('an answer that comes after its turn was over ends as it would have', async () => {
  const { inside, post } = await open()
  const late = post({ 'x-wrapped': 'yes' })
  await vi.waitFor(() => expect(inside).toHaveLength(1))
  await new Promise((resolve) => setTimeout(resolve, 5_200))
  inside.pop()?.()
  expect((await late).text).toBe('wrapped')
}, 20_000)

test('who has gone holds no place', async () => {
  const { inside, post, sendUnread } = await open()
  const first = post()
  await vi.waitFor(() => expect(inside).toHaveLength(1))
  const dead = times(20, () => sendUnread(unreadPost()))
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect((await post()).status).toBe(503)
  for (const each of dead) each.resetAndDestroy()
  await new Promise((resolve) => setTimeout(resolve, 100))
  const last = post()
  await new Promise((resolve) => setTimeout(resolve, 100))
  inside.pop()?.()
  expect((await first).status).toBe(200)
  await vi.waitFor(() => expect(inside).toHaveLength(1))
  inside.pop()?.()
  expect((await last).status).toBe(200)
})
