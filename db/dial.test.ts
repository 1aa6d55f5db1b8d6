import net from 'node:net'
import { sql as query } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '#db/client'
import { dialling, restAfter } from '#db/dial'
import { testDatabase } from '#db/testing/test-database'
import { untilAnswering } from '#db/until-answering'

const STARTING = 'SFATAL\0C57P03\0Mthe database system is starting up\0\0'

const startingUp = () => {
  const head = Buffer.from('E0000')
  head.writeInt32BE(STARTING.length + 4, 1)
  return Buffer.concat([head, Buffer.from(STARTING)])
}

/** The ways in which a server, or what stands before it, refuses a connection. */
const REFUSALS = {
  'resets it': (socket: net.Socket) => void socket.resetAndDestroy(),
  'hangs up': (socket: net.Socket) => void socket.end(),
  'says that it starts': (socket: net.Socket) => void socket.once('data', () => socket.end(startingUp())),
} as const

/** Stands before a database and refuses until it is told to let through; counts who knocks. */
async function door(refuse: (socket: net.Socket) => void) {
  const { url, sql } = await testDatabase()
  const { path, host, port: ports } = sql.options
  let dials = 0
  let isOpen = false
  const server = net.createServer((socket) => {
    dials++
    socket.on('error', () => {})
    if (!isOpen) return refuse(socket)
    const behind = path ? net.connect(path) : net.connect(ports[0] ?? 0, host[0])
    behind.on('error', () => socket.destroy())
    socket.on('close', () => behind.destroy())
    socket.pipe(behind).pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it listens on no port')
  onTestFinished(() => void server.close())
  const through = url.replace(/@[^/]*/, `@127.0.0.1:${address.port}`)
  return { url: through, dials: () => dials, open: () => (isOpen = true) }
}

test.for(Object.keys(REFUSALS) as (keyof typeof REFUSALS)[])(
  'a pool whose server %s is told so, knocks seldom, and is back within a second of its end',
  async (how) => {
    const { url, dials, open } = await door(REFUSALS[how])
    const db = openDatabase(url, { connections: 4 })
    onTestFinished(() => db.close())
    const ask = () =>
      db.execute(query`select 1`).then(
        () => true,
        () => false,
      )
    const end = performance.now() + 1_500
    const answers = Array.from({ length: 12 }, async () => {
      let failed = 0
      while (performance.now() < end) if (!(await ask())) failed++
      return failed
    })
    expect(Math.min(...(await Promise.all(answers)))).toBeGreaterThan(0)
    // 4 connections, each about ten times; it was hundreds.
    expect(dials()).toBeLessThan(80)
    open()
    const opened = performance.now()
    while (!(await ask()));
    expect(performance.now() - opened).toBeLessThan(1_500)
  },
)

test('what waits for a database is told that nobody answers, also where somebody takes the call and hangs up', async () => {
  const { url } = await door(REFUSALS['hangs up'])
  await expect(untilAnswering(url, 100, () => {})).rejects.toThrow('(CONNECTION_CLOSED)')
})

test('the rest between two dials grows to a second while nothing stands, and begins anew afterwards', () => {
  expect([0, 60, 400, 60_000].map((failing) => restAfter(failing, 0))).toEqual([50, 50, 200, 1_000])
  expect(restAfter(60_000, 1)).toBe(500)
  let now = 0
  const { backoff } = dialling(() => now)
  const rests = [0, 100, 1_000, 3_000, 7_000, 20_000].map((at) => {
    now = at
    return backoff() * 1_000
  })
  const longest = [50, 50, 500, 1_000, 1_000, 50]
  for (const [nth, most] of longest.entries()) {
    expect(rests[nth]).toBeLessThanOrEqual(most)
    expect(rests[nth]).toBeGreaterThanOrEqual(most / 2)
  }
})
