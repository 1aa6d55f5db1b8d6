import { createServer, type RequestListener, type Server } from 'node:http'

/** A server on node:http with the patience of ours: for slow senders, and for connections that are kept. */
export function openHttp(listener: RequestListener, { upgrades = false } = {}): Server {
  // A request that would rather speak something else is answered in HTTP/1.1.
  const server = createServer({ shouldUpgradeCallback: () => upgrades }, listener)
  server.headersTimeout = 20_000
  server.requestTimeout = 60_000
  // Longer than proxies keep a connection, so that they are the ones to close it.
  server.keepAliveTimeout = 65_000
  return server
}

/** The address of a server under a name that leads to it from this very machine. */
export const addressOf = (host: string | undefined, port: number) => `http://${nameOf(host)}:${port}`

function nameOf(host: string | undefined): string {
  if (host === undefined || ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host)) return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
