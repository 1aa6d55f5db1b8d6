import type { Listening } from '#db/listening'
import { LEASE_MS, type Lease } from '#lib/verification/lease'
import { between, type Moment } from '#lib/verification/moment'

const EVERY_MS = 1_000
const AGAIN_MS = 250

/** Where a verifier learns what has changed. */
type Source = {
  /** Opens a connection on which messages come in the order of their commits; resolves once it listens. */
  readonly listen: (on: { readonly message: (text: Message) => void; readonly lost: () => void }) => Promise<Listening>
  /** Sends a numbered message to this very verifier; resolves once it is committed. */
  readonly send: (number: number, lagMs: number | null) => Promise<void>
}

/** A number that was sent, or what has changed. */
export type Message = { readonly number: number } | { readonly changed: string }

/**
 * Keeps a lease alive: every second it sends itself a number, and once that comes back over the connection that listens,
 * the lease lasts 5 seconds from the sending. Silence, a lost connection or one that only seems to be there thus end it by
 * themselves. `forget` is called whenever messages may have been missed, as where a number is, before anything sent later
 * can renew the lease; `changed` with each change, in the order of their commits.
 */
export function openPulse(
  source: Source,
  lease: Lease,
  on: { readonly forget: () => void; readonly changed: (what: string) => void },
) {
  const sent = new Map<number, Moment>()
  const heard = Promise.withResolvers<void>()
  heard.promise.catch(() => {})
  let next = 1
  let listening: Listening | null = null
  let listensSince: Moment | null = null
  let lagMs: number | null = null
  let beating = false
  let answered = 0
  let closed = false
  let again: NodeJS.Timeout | null = null

  function receive(message: Message) {
    if ('changed' in message) return on.changed(message.changed)
    const moment = sent.get(message.number)
    if (moment === undefined) return
    // They come in the order in which they were sent: with one that is missing a change may be missing.
    if (sent.keys().next().value !== message.number) on.forget()
    for (const number of sent.keys()) if (number <= message.number) sent.delete(number)
    lagMs = lease.now().monotonic - moment.monotonic
    lease.grant(moment)
    heard.resolve()
  }

  async function open() {
    let current: Listening | null = null
    const gone = () => {
      if (listening !== current) return
      listening = null
      if (!closed) again = setTimeout(open, AGAIN_MS)
    }
    try {
      current = await source.listen({
        // What comes before memory was emptied says nothing of what was missed before it.
        message: (text) => void (current !== null && listening === current && receive(text)),
        lost: gone,
      })
    } catch {
      if (!closed) again = setTimeout(open, AGAIN_MS)
      return
    }
    if (closed) return current.close()
    // Only what is sent from here on can renew the lease.
    sent.clear()
    on.forget()
    listening = current
    listensSince = lease.now()
    answered = 0
    void beat()
  }

  function giveUpSilence() {
    const [oldest] = sent.values()
    if (listening === null || oldest === undefined || between(oldest, lease.now()) < LEASE_MS) return
    if (listensSince !== null && answered > 1) heard.reject(new Error(NOT_PASSED_ON))
    listening.close()
    listening = null
    void open()
  }

  async function beat() {
    if (beating || closed) return
    giveUpSilence()
    beating = true
    const number = next++
    if (listening !== null) sent.set(number, lease.now())
    try {
      await source.send(number, lagMs)
      answered++
    } catch {
      // Not sent, or nobody knows: like one that was sent and never comes.
    } finally {
      beating = false
    }
  }

  void open()
  const timer = setInterval(beat, EVERY_MS)
  return {
    /** Resolves with the first number that comes back. @throws Error with one sentence if only silence does */
    heard: heard.promise,
    close(): void {
      closed = true
      clearInterval(timer)
      if (again !== null) clearTimeout(again)
      listening?.close()
    },
  }
}

const NOT_PASSED_ON =
  'The database takes notifications and never passes them on, as PgBouncer does in transaction mode: ' +
  'point DATABASE_URL at PostgreSQL itself, or at a pool in session mode.'
