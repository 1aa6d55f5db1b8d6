import type { IncomingMessage, ServerResponse } from 'node:http'
import { countConnections } from '#db/queries/connections'
import { findTokenFacts } from '#db/queries/verification'
import { DatabaseUnavailable, openVerificationDatabase } from '#db/verification-client'
import { type Clock, systemClock } from '#lib/clock'
import { settleForwarding, trustedProxies } from '#lib/forwarding'
import { type Log, log as ownLog } from '#lib/log'
import { PROBLEM_JSON, problem } from '#lib/problem'
import { answerAndClose, onBody } from '#lib/verification/body'
import { openMemory } from '#lib/verification/memory'
import { openObserver } from '#lib/verification/observe'
import { type Reply, refusal, replyToError } from '#lib/verification/reply'
import { type DataPlane, methodNotAllowed, ROUTES, type Route } from '#lib/verification/routes'
import { openTally } from '#lib/verification/tally'
import { openUsageRecorder } from '#lib/verification/usage-recorder'

const BODY_AT_MOST = 64 * 1024
const READERS = 4
const WRITERS = 2
const ENTRIES_AT_MOST = 200_000
const TRIES = 5
const TOO_LARGE = refusal(problem(413, 'too_large', 'The body may have at most 64 KiB.'))

/**
 * The data plane on node:http. `handle` takes the paths of `ROUTES` and says whether it took the request.
 * Opening does not need the database to be there; without it every answer is 503. The caller's address is the
 * socket's, or what a trusted proxy says of it.
 */
export async function openVerifier(options: {
  readonly databaseUrl: string
  /** Accepted prefixes of secrets. */
  readonly prefixes: readonly string[]
  /** As it is called in the list of verifiers. */
  readonly name?: string
  /** What PostgreSQL is to narrow the login's rights to; null: to nothing. */
  readonly role?: string | null
  /** Whose word on the client's address counts. */
  readonly trustedProxies?: readonly string[]
  /** How many tokens are kept in memory; 0: none is, and every look-up goes to the database. */
  readonly entriesAtMost?: number
  readonly clock?: Clock
  readonly log?: Log
}) {
  const { databaseUrl, prefixes, name = 'verifier', role = null, entriesAtMost = ENTRIES_AT_MOST } = options
  const { clock = systemClock, log = ownLog() } = options
  const isTrusted = trustedProxies(options.trustedProxies ?? [])
  const database = openVerificationDatabase(databaseUrl, { connections: READERS, role })
  const memory = openMemory({
    ...{ databaseUrl, role, name, database },
    entriesAtMost: entriesAtMost === 0 ? ENTRIES_AT_MOST : entriesAtMost,
    remembers: entriesAtMost > 0,
  })
  // On a connection of its own: no look-up waits behind a write.
  const ledger = openVerificationDatabase(databaseUrl, { connections: 1, role, durable: false })
  const recorder = openUsageRecorder(ledger)
  // Apart too: a revocation may wait for a token that somebody holds, and drizzle changes how its client hands over times.
  const changes = openVerificationDatabase(databaseUrl, { connections: WRITERS, role })
  const { lookUps, forgetToken } = memory
  const verifier = { lookUps, forgetToken, changes, recorder, prefixes, clock }
  const tally = openTally()
  const observe = openObserver({ log, tally, prefixes })
  // So that the first caller waits neither for a connection nor for the query to be prepared.
  await database.ask((sql) => findTokenFacts(sql, '')).catch(() => {})
  return {
    handle(request: IncomingMessage, response: ServerResponse): boolean {
      const { url = '' } = request
      const route = ROUTES.get(url) ?? ROUTES.get(url.split('?', 1)[0] ?? '')
      if (route === undefined) return false
      settleForwarding(request, isTrusted)
      const began = performance.now()
      const tell = (reply: Reply | null) => {
        if (reply === null || response.destroyed) return
        write(request, response, reply)
        // The answer is out: nobody waits for this.
        reply.record?.()
        observe(route.name, request, reply, performance.now() - began)
      }
      if (!route.methods.includes(request.method ?? '') && !route.anyMethod?.(request)) tell(methodNotAllowed(route))
      // The size is judged before anything else, even where no body is looked for.
      else
        onBody(request, BODY_AT_MOST, (body) => {
          if (body === 'too_large') return tell(TOO_LARGE)
          const answer = () => {
            const reply = answerOnce(verifier, route, request, body)
            if (reply instanceof Promise) reply.then(tell)
            else tell(reply)
          }
          // Behind another on its connection an answer would be told later than it was judged.
          if (response.socket === null) response.once('socket', answer)
          else answer()
        })
      return true
    },
    /** Resolves once it hears of changes. @throws Error with one sentence where the database never passes them on */
    heard: memory.heard,
    /** What it counted since it was opened. */
    tally,
    /** Questions that wait for the database, uses that were given up, and what it has in memory. */
    state() {
      const { waiting, ...remembered } = memory.state()
      return {
        ...remembered,
        waiting: waiting + database.waiting() + changes.waiting() + ledger.waiting(),
        droppedUses: recorder.dropped(),
      }
    },
    /** The connections of all our programs to the database. @throws DatabaseUnavailable */
    connections: () => ledger.ask(countConnections),
    /** Writes the uses that are still to be written, then lets go of the database. */
    async close(): Promise<void> {
      await Promise.all([recorder.close(), memory.close()])
      await Promise.all([ledger.close(), changes.close(), database.close()])
    },
  }
}

function write(request: IncomingMessage, response: ServerResponse, { status, body, headers: more }: Reply): void {
  const text = body === null ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  const length = Buffer.byteLength(text)
  const type = body === null ? {} : { 'content-type': status === 200 ? 'application/json' : PROBLEM_JSON }
  const headers = { 'content-length': length, 'cache-control': 'no-store', ...type, ...more }
  if (status === 413) answerAndClose(request, response, status, headers, text)
  // Nearly always it is plain ASCII, which needs no encoding.
  else response.writeHead(status, headers).end(text, length === text.length ? 'latin1' : 'utf8')
}

/** The answer: at once where memory gives it, and it may still be told. */
function answerOnce(
  verifier: DataPlane,
  route: Route,
  request: IncomingMessage,
  body: Buffer,
): Reply | null | Promise<Reply | null> {
  try {
    const reply = route.answer(verifier, request, body)
    if (!(reply instanceof Promise) && isGood(reply)) return reply
    return answerUntilGood(verifier, route, request, body, reply)
  } catch (error) {
    return replyToError(error)
  }
}

// What changed, or ran out, between finding and telling is looked up and judged again.
async function answerUntilGood(
  verifier: DataPlane,
  route: Route,
  request: IncomingMessage,
  body: Buffer,
  first: ReturnType<Route['answer']>,
): Promise<Reply | null> {
  try {
    let reply = await first
    for (let tries = 1; tries < TRIES && !isGood(reply); tries++) reply = await route.answer(verifier, request, body)
    if (!isGood(reply)) throw new DatabaseUnavailable('it changes faster than it can be told')
    return reply
  } catch (error) {
    return replyToError(error)
  }
}

const isGood = (reply: Reply | null) => reply?.holds === undefined || reply.holds()
