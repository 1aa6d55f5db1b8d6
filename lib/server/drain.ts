import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** Stops accepting, lets requests in flight finish for up to `patience` milliseconds, then ends what is left. */
export async function drain(server: Server, patience: number): Promise<void> {
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  // A connection that is kept alive becomes idle only after its last answer.
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  await Promise.race([closed, sleep(patience)])
  clearInterval(idle)
  server.closeAllConnections()
}
