import net from 'node:net'

const SHORTEST_MS = 50
const LONGEST_MS = 1_000
const OVER_MS = 5_000

/**
 * How long a connection rests before it is dialled again, in milliseconds, when for `failingMs` none has stood: as long
 * again as half of that, from a twentieth of a second up to one second, so that an outage is over for us within a second
 * of its end. `random`, from 0 to 1, takes up to half of it away, so that not all come at once.
 */
export const restAfter = (failingMs: number, random: number): number =>
  Math.min(Math.max(failingMs / 2, SHORTEST_MS), LONGEST_MS) * (1 - random / 2)

/** Options of postgres.js for a pool that does not dial on and on while the server is lost, whichever way it refuses. */
export function dialling(now: () => number = () => performance.now()) {
  let failingSince = 0
  let lostAt = Number.NEGATIVE_INFINITY
  return {
    // Asked whenever a connection ends, in seconds. Its own count knows those alone that were refused below PostgreSQL.
    backoff: (): number => {
      if (now() - lostAt > OVER_MS) failingSince = now()
      lostAt = now()
      return restAfter(lostAt - failingSince, Math.random()) / 1_000
    },
    socket: ({ host: [host = 'localhost'], port: [port = 5432], path }: Target): net.Socket =>
      openSocket(path || { host, port }),
  }
}

type Target = { readonly host: readonly string[]; readonly port: readonly number[]; readonly path: string | false }

/**
 * The way to the server. Where it takes a connection and drops it without an error, as a proxy does before a server that is
 * away, postgres.js would dial again at once, forever, and its question never fail: here it does, though not once TLS is
 * begun, since the client takes all listeners off then.
 */
function openSocket(to: string | { readonly host: string; readonly port: number }): net.Socket {
  const socket = typeof to === 'string' ? net.connect(to) : net.connect(to)
  socket.once('close', (failed) => {
    if (!failed) socket.emit('error', Object.assign(new Error('the server hung up'), { code: 'CONNECTION_CLOSED' }))
  })
  // By that it names the server in TLS.
  return typeof to === 'string' ? socket : Object.assign(socket, { host: to.host })
}
