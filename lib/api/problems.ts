import { randomUUID } from 'node:crypto'
import { isUnreachable } from '#db/errors'
import { DatabaseUnavailable } from '#db/verification-client'
import { DomainError } from '#lib/errors'
import { log } from '#lib/log'
import { PROBLEM_JSON, problem } from '#lib/problem'
import { REQUEST_ID } from '#lib/request-headers'
import { TooManyLookUps } from '#lib/verification/admission'

type ProblemDocument = ReturnType<typeof problem>

/** A problem document as an answer. */
export function refuse(document: ProblemDocument, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(document), {
    status: document.status,
    headers: { 'content-type': PROBLEM_JSON, 'cache-control': 'no-store', ...headers },
  })
}

/** The challenge is the same with a wrong credential and without one (RFC 6750, 3). */
export const unauthenticated = (headers: Headers) =>
  refuse(
    problem(
      401,
      'invalid_token',
      headers.has('authorization') ? 'This token is no good here.' : 'Send a token as Authorization: Bearer.',
    ),
    { 'www-authenticate': 'Bearer error="invalid_token"' },
  )

/** The caller is known, and lacks the scope everywhere. */
export const insufficientScope = (scope: string) =>
  refuse(problem(403, 'insufficient_scope', `This takes a token with ${scope}.`), {
    'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"`,
  })

/** Fields as the HTTP API calls them, where forms and verbs call them otherwise. */
const SAID: Readonly<Record<string, string>> = {
  scopes: 'scope',
  devices: 'resources',
  expiration: 'expiresAt',
  tierId: 'tier',
}

const LATER = { 'retry-after': '1' }
const DEFAULT_WAIT_SECONDS = '60'

/**
 * What is said of a failure: a refusal as it stands, a database that is away as 503; anything else is logged under an id
 * and told by that id alone.
 */
export function problemOf(error: unknown, request: Request, name: string): Response {
  if (error instanceof DomainError) {
    const { status, code, message } = error
    const fields = Object.fromEntries(Object.entries(error.fields).map(([name, text]) => [SAID[name] ?? name, text]))
    const told = problem(status, code, message, Object.keys(fields).length === 0 ? undefined : fields)
    return refuse(told, status === 429 ? { 'retry-after': DEFAULT_WAIT_SECONDS } : status === 503 ? LATER : {})
  }
  if (error instanceof TooManyLookUps)
    return error.from === 'address'
      ? refuse(problem(429, 'too_often', 'Too much was looked for from this address. Try again soon.'), LATER)
      : refuse(problem(503, 'unavailable', 'Too much is being looked for. Try again soon.'), LATER)
  if (error instanceof DatabaseUnavailable || isUnreachable(error))
    return refuse(problem(503, 'unavailable', 'The database cannot be reached. Nothing was changed.'), LATER)
  const id = randomUUID().slice(0, 8)
  const requestId = request.headers.get(REQUEST_ID)
  log().error({ requestId, operation: name, outcome: id, error }, 'operation failed unexpectedly')
  return refuse(problem(500, 'unexpected', `Something failed on our side. It is logged as ${id}.`))
}
