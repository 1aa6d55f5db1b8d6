import type { Server } from 'node:http'

/** Lets a peer listen on any port of this machine, tells where, and ends it when it is asked to. */
export function ready(server: Server): void {
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (address !== null && typeof address === 'object') console.log(`ready at http://127.0.0.1:${address.port}`)
  })
  process.once('SIGTERM', () => process.exit())
}
