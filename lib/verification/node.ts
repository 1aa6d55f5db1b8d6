import type { IncomingMessage, ServerResponse } from 'node:http'
import { countConnections } from '#db/queries/connections'
import { findTokenFacts, recordUses } from '#db/queries/verification'
import { openVerificationDatabase } from '#db/verification-client'
import { readAddress } from '#lib/address'
import { type Clock, systemClock } from '#lib/clock'
import { settleForwarding, trustedProxies } from '#lib/forwarding'
import { type Log, log as ownLog } from '#lib/log'
import { PROBLEM_JSON, problem } from '#lib/problem'
import { answerAndClose, readBody } from '#lib/verification/body'
import { callerOf } from '#lib/verification/caller'
import { readIntrospectInput, readRevokeInput } from '#lib/verification/form'
import { readVerifyInput } from '#lib/verification/input'
import { introspection } from '#lib/verification/introspect'
import { describeCaller } from '#lib/verification/me'
import { openObserver } from '#lib/verification/observe'
import { forbidden, type Reply, refusal, replyToError, unauthenticated } from '#lib/verification/reply'
import { type Revoker, revokeByHolder } from '#lib/verification/revoke'
import { openTally } from '#lib/verification/tally'
import { openUsageRecorder } from '#lib/verification/usage-recorder'
import { type Verified, type Verifier, verify } from '#lib/verification/verify'

const BODY_AT_MOST = 64 * 1024
const READERS = 4
const WRITERS = 2

type DataPlane = Verifier & Revoker
type Route = {
  /** Its name in logs and metrics. */
  readonly name: string
  readonly methods: readonly string[]
  readonly answer: (verifier: DataPlane, request: IncomingMessage, body: Buffer) => Promise<Reply | null>
}

const ROUTES = new Map<string, Route>([
  ['/api/v1/verify', { name: 'verify', methods: ['POST'], answer: judging(readVerifyInput, ({ answer }) => answer) }],
  [
    '/api/v1/introspect',
    { name: 'introspect', methods: ['POST'], answer: judging(readIntrospectInput, introspection) },
  ],
  ['/api/v1/revoke', { name: 'revoke', methods: ['POST'], answer: answerRevoke }],
  ['/api/v1/me', { name: 'me', methods: ['GET', 'HEAD'], answer: answerMe }],
])

/** All that the data plane answers. */
export const VERIFIER_PATHS = [...ROUTES.keys()]

/**
 * The data plane on node:http. `handle` takes the paths above and says whether it took the request.
 * Opening does not need the database to be there; without it every answer is 503. The caller's address is the
 * socket's, or what a trusted proxy says of it.
 */
export async function openVerifier(options: {
  readonly databaseUrl: string
  /** Accepted prefixes of secrets. */
  readonly prefixes: readonly string[]
  /** Whose word on the client's address counts. */
  readonly trustedProxies?: readonly string[]
  readonly clock?: Clock
  readonly log?: Log
}) {
  const { databaseUrl, prefixes, clock = systemClock, log = ownLog() } = options
  const isTrusted = trustedProxies(options.trustedProxies ?? [])
  const database = openVerificationDatabase(databaseUrl, { connections: READERS })
  // On a connection of its own: no look-up waits behind a write.
  const ledger = openVerificationDatabase(databaseUrl, { connections: 1 })
  const recorder = openUsageRecorder((uses) => ledger.ask((sql) => recordUses(sql, uses)))
  // Apart too: a revocation may wait for a token that somebody holds, and drizzle changes how its client hands over times.
  const changes = openVerificationDatabase(databaseUrl, { connections: WRITERS })
  const verifier = { database, changes, recorder, prefixes, clock }
  const tally = openTally()
  const observe = openObserver({ log, tally, prefixes })
  // So that the first caller waits neither for a connection nor for the query to be prepared.
  await database.ask((sql) => findTokenFacts(sql, '')).catch(() => {})
  return {
    handle(request: IncomingMessage, response: ServerResponse): boolean {
      const [path = ''] = request.url?.split('?', 1) ?? []
      const route = ROUTES.get(path)
      if (route === undefined) return false
      settleForwarding(request, isTrusted)
      const began = performance.now()
      void serve(verifier, route, request, response).then((reply) => {
        // The answer is out: nobody waits for this.
        if (reply !== null) observe(route.name, request, reply, performance.now() - began)
      })
      return true
    },
    /** What it counted since it was opened. */
    tally,
    /** Questions that wait for the database, and uses that were given up. */
    state: () => ({
      waiting: database.waiting() + changes.waiting() + ledger.waiting(),
      droppedUses: recorder.dropped(),
    }),
    /** The connections of all our programs to the database. @throws DatabaseUnavailable */
    connections: () => ledger.ask(countConnections),
    /** Writes the last uses that are still to be written, then lets go of the database. */
    async close(): Promise<void> {
      await recorder.close()
      await Promise.all([ledger.close(), changes.close(), database.close()])
    },
  }
}

async function serve(
  verifier: DataPlane,
  route: Route,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Reply | null> {
  const reply = await replyTo(verifier, route, request)
  if (reply === null || response.destroyed) return null
  const text = reply.body === null ? '' : JSON.stringify(reply.body)
  const headers: Record<string, string | number> = {
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  }
  if (reply.body !== null) headers['content-type'] = reply.status === 200 ? 'application/json' : PROBLEM_JSON
  if (reply.headers !== undefined) Object.assign(headers, reply.headers)
  if (reply.status === 413) answerAndClose(request, response, reply.status, headers, text)
  else response.writeHead(reply.status, headers).end(text)
  return reply
}

// The size is judged before anything else, even where no body is looked for.
async function replyTo(verifier: DataPlane, route: Route, request: IncomingMessage): Promise<Reply | null> {
  if (!route.methods.includes(request.method ?? ''))
    return refusal(problem(405, 'method_not_allowed', 'There is no such method here.'), {
      allow: route.methods.join(', '),
    })
  const body = await readBody(request, BODY_AT_MOST)
  if (body === null) return null
  if (body === 'too_large') return refusal(problem(413, 'too_large', 'The body may have at most 64 KiB.'))
  return route.answer(verifier, request, body).catch(replyToError)
}

/** Answers what takes `tokens:verify` and judges a token: `read` reads the body, `tell` tells the verdict. */
function judging(read: typeof readVerifyInput, tell: (verified: Verified) => object): Route['answer'] {
  return async (verifier, request, body) => {
    const caller = callerOf(request)
    if (caller === null) return unauthenticated(request)
    const asked = read(request.headers['content-type'], body)
    const outcome = await verify(verifier, caller, 'input' in asked ? asked.input : null)
    if (outcome === 'unauthenticated') return unauthenticated(request)
    if (outcome === 'forbidden') return forbidden()
    if ('problem' in asked) return refusal(asked.problem)
    if (outcome.answer === null) return null
    return { status: 200, body: tell(outcome), verdict: outcome.answer.active ? 'active' : outcome.answer.reason }
  }
}

// The token is what entitles: a credential beside it is nobody's business, whatever it is.
async function answerRevoke(revoker: Revoker, request: IncomingMessage, body: Buffer): Promise<Reply> {
  const asked = readRevokeInput(request.headers['content-type'], body)
  if ('problem' in asked) return refusal(asked.problem)
  const { headers } = request
  const address = readAddress(headers['x-forwarded-for']?.toString())
  await revokeByHolder(revoker, asked.input.token, { address, userAgent: headers['user-agent'] })
  return { status: 200, body: null }
}

async function answerMe(verifier: Verifier, request: IncomingMessage): Promise<Reply> {
  const caller = callerOf(request)
  const body = caller === null ? null : await describeCaller(verifier, caller)
  return body === null ? unauthenticated(request) : { status: 200, body }
}
