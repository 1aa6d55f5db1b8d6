import type { IncomingMessage, ServerResponse } from 'node:http'
import { countConnections } from '#db/queries/connections'
import { findTokenFacts, recordUses } from '#db/queries/verification'
import { DatabaseUnavailable, openVerificationDatabase } from '#db/verification-client'
import { type Clock, systemClock } from '#lib/clock'
import { settleForwarding, trustedProxies } from '#lib/forwarding'
import { type Log, log as ownLog } from '#lib/log'
import { PROBLEM_JSON, type Problem, problem } from '#lib/problem'
import { answerAndClose, readBody } from '#lib/verification/body'
import { callerOf } from '#lib/verification/caller'
import { readVerifyInput } from '#lib/verification/input'
import { describeCaller } from '#lib/verification/me'
import { type Answered, openObserver } from '#lib/verification/observe'
import { openTally } from '#lib/verification/tally'
import { openUsageRecorder } from '#lib/verification/usage-recorder'
import { type Verifier, verify } from '#lib/verification/verify'

const BODY_AT_MOST = 64 * 1024
const READERS = 4

type Headers = Readonly<Record<string, string>>
type Reply = Answered & { readonly body: object; readonly headers?: Headers }
type Route = {
  /** Its name in logs and metrics. */
  readonly name: string
  readonly methods: readonly string[]
  readonly answer: (verifier: Verifier, request: IncomingMessage, body: Buffer) => Promise<Reply | null>
}

const ROUTES = new Map<string, Route>([
  ['/api/v1/verify', { name: 'verify', methods: ['POST'], answer: answerVerify }],
  ['/api/v1/me', { name: 'me', methods: ['GET', 'HEAD'], answer: answerMe }],
])

/** All that the data plane answers. */
export const VERIFIER_PATHS = [...ROUTES.keys()]

/**
 * The data plane on node:http. `handle` takes `/api/v1/verify` and `/api/v1/me` and says whether it took the request.
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
  const verifier = { database, recorder, prefixes, clock }
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
    state: () => ({ waiting: database.waiting() + ledger.waiting(), droppedUses: recorder.dropped() }),
    /** The connections of all our programs to the database. @throws DatabaseUnavailable */
    connections: () => ledger.ask(countConnections),
    /** Writes the last uses that are still to be written, then lets go of the database. */
    async close(): Promise<void> {
      await recorder.close()
      await Promise.all([ledger.close(), database.close()])
    },
  }
}

async function serve(
  verifier: Verifier,
  route: Route,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Reply | null> {
  const reply = await replyTo(verifier, route, request)
  if (reply === null || response.destroyed) return null
  const text = JSON.stringify(reply.body)
  const headers: Record<string, string | number> = {
    'content-type': reply.status === 200 ? 'application/json' : PROBLEM_JSON,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  }
  if (reply.headers !== undefined) Object.assign(headers, reply.headers)
  if (reply.status === 413) answerAndClose(request, response, reply.status, headers, text)
  else response.writeHead(reply.status, headers).end(text)
  return reply
}

// The size is judged before anything else, even where no body is looked for.
async function replyTo(verifier: Verifier, route: Route, request: IncomingMessage): Promise<Reply | null> {
  if (!route.methods.includes(request.method ?? ''))
    return refusal(problem(405, 'method_not_allowed', 'There is no such method here.'), {
      allow: route.methods.join(', '),
    })
  const body = await readBody(request, BODY_AT_MOST)
  if (body === null) return null
  if (body === 'too_large') return refusal(problem(413, 'too_large', 'The body may have at most 64 KiB.'))
  return route.answer(verifier, request, body).catch(replyToError)
}

async function answerVerify(verifier: Verifier, request: IncomingMessage, body: Buffer): Promise<Reply | null> {
  const caller = callerOf(request)
  if (caller === null) return unauthenticated(request)
  const read = readVerifyInput(request.headers['content-type'], body)
  const outcome = await verify(verifier, caller, 'input' in read ? read.input : null)
  if (outcome === 'unauthenticated') return unauthenticated(request)
  if (outcome === 'forbidden') return forbidden()
  if ('problem' in read) return refusal(read.problem)
  const { answer } = outcome
  return answer === null ? null : { status: 200, body: answer, verdict: answer.active ? 'active' : answer.reason }
}

async function answerMe(verifier: Verifier, request: IncomingMessage): Promise<Reply> {
  const caller = callerOf(request)
  const body = caller === null ? null : await describeCaller(verifier, caller)
  return body === null ? unauthenticated(request) : { status: 200, body }
}

const refusal = (body: Problem, headers: Headers = {}): Reply => ({ status: body.status, body, headers })

// The challenge is the same with a wrong credential and without one, so that every client takes the one path.
const unauthenticated = (request: IncomingMessage) =>
  refusal(
    problem(
      401,
      'invalid_token',
      callerOf(request) === null ? 'Send a token as Authorization: Bearer.' : 'This token is no good here.',
    ),
    { 'www-authenticate': 'Bearer error="invalid_token"' },
  )

const forbidden = () =>
  refusal(
    problem(403, 'insufficient_scope', 'This token may not verify: that takes tokens:verify, not narrowed to devices.'),
    {
      'www-authenticate': 'Bearer error="insufficient_scope", scope="tokens:verify"',
    },
  )

function replyToError(fault: unknown): Reply {
  if (!(fault instanceof DatabaseUnavailable))
    return { ...refusal(problem(500, 'unexpected', 'Something went wrong here.')), fault }
  const nothingKnown = problem(503, 'unavailable', 'The database cannot be reached. Nothing is known of the token.')
  return { ...refusal(nothingKnown, { 'retry-after': '1' }), fault }
}
