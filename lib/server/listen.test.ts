import { createServer, type Server } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from '#lib/server/listen'

function server(): Server {
  const made = createServer()
  onTestFinished(() => new Promise<void>((resolve) => made.close(() => resolve())))
  return made
}

test('a taken port is passed over for the next free one', async () => {
  const taken = await listen(server(), 0, '127.0.0.1')
  expect(await listen(server(), taken, '127.0.0.1')).toBeGreaterThan(taken)
})

test('a host that is not of this machine is told in one sentence', async () => {
  await expect(listen(createServer(), 0, '192.0.2.1')).rejects.toThrow('HOST is not an address of this machine')
})
