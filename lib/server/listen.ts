import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const HIGHEST = 65_535

function tryPort(server: Server, port: number, host: string | undefined): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  server.once('error', reject)
  // Without a host it listens on all interfaces, in IPv6 and IPv4.
  server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
    server.off('error', reject)
    resolve((server.address() as AddressInfo).port)
  })
  return promise
}

/**
 * Listens on `port` of `host` (undefined: all interfaces) or the next one that is free, and returns which; 0 stands for
 * any. Throws an Error with one sentence where it may not, or where the host is not of this machine.
 */
export async function listen(server: Server, port: number, host: string | undefined): Promise<number> {
  for (let candidate = port; candidate <= HIGHEST; candidate++) {
    try {
      return await tryPort(server, candidate, host)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EADDRINUSE') continue
      if (code === 'EACCES')
        throw new Error(`This user may not listen on port ${candidate}: set PORT to 1024 or above.`)
      if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
        throw new Error('HOST is not an address of this machine: leave it unset to listen on all of them.')
      }
      throw error
    }
  }
  throw new Error(`All ports from ${port} up are taken: set PORT to a free one.`)
}
