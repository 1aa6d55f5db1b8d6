import type { IncomingMessage } from 'node:http'
import { readAddress } from '#lib/address'
import { problem } from '#lib/problem'
import { callerOf } from '#lib/verification/caller'
import { readIntrospectInput, readRevokeInput } from '#lib/verification/form'
import { readVerifyInput } from '#lib/verification/input'
import { introspection } from '#lib/verification/introspect'
import { describeCaller } from '#lib/verification/me'
import { asksSomething, denied, readQuestion } from '#lib/verification/question'
import { forbidden, type Reply, refusal, unauthenticated } from '#lib/verification/reply'
import { type Revoker, revokeByHolder } from '#lib/verification/revoke'
import { type Verified, type Verifier, verify } from '#lib/verification/verify'

export type Route = {
  /** Its name in logs and metrics. */
  readonly name: string
  readonly methods: readonly string[]
  /** Whether this request is answered whatever its method. */
  readonly anyMethod?: (request: IncomingMessage) => boolean
  /** null: the connection is gone. @throws DatabaseUnavailable, TooManyLookUps */
  readonly answer: (verifier: DataPlane, request: IncomingMessage, body: Buffer) => Reply | null | Promise<Reply | null>
}

/** What the routes work with. */
export type DataPlane = Verifier & Revoker

/** The routes of the data plane by their paths. */
export const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['/api/v1/verify', { name: 'verify', methods: ['POST'], answer: judging(readVerifyInput, ({ text }) => text()) }],
  [
    '/api/v1/introspect',
    { name: 'introspect', methods: ['POST'], answer: judging(readIntrospectInput, introspection) },
  ],
  ['/api/v1/revoke', { name: 'revoke', methods: ['POST'], answer: answerRevoke }],
  // Some gateways (Envoy) ask with the method of the request that they ask about.
  ['/api/v1/me', { name: 'me', methods: ['GET', 'HEAD'], anyMethod: asksSomething, answer: answerMe }],
])

/** All that the data plane answers. */
export const VERIFIER_PATHS = [...ROUTES.keys()]

/** The answer to a method that a path does not take. */
export const methodNotAllowed = ({ methods }: Route) =>
  refusal(problem(405, 'method_not_allowed', 'There is no such method here.'), { allow: methods.join(', ') })

/** Answers what takes `tokens:verify` and judges a token: `read` reads the body, `tell` tells the verdict. */
function judging(read: typeof readVerifyInput, tell: (verified: Verified) => object | string): Route['answer'] {
  return (verifier, request, body) => {
    const caller = callerOf(request)
    if (caller === null) return unauthenticated(request)
    const asked = read(request.headers['content-type'], body)
    const reply = (outcome: Awaited<ReturnType<typeof verify>>): Reply | null => {
      if (outcome === 'unauthenticated') return unauthenticated(request)
      if (outcome === 'forbidden') return forbidden()
      if ('problem' in asked) return refusal(asked.problem)
      const { verdict, holds, record } = outcome
      return verdict === null ? null : { status: 200, body: tell(outcome), verdict, holds, record }
    }
    const outcome = verify(verifier, caller, 'input' in asked ? asked.input : null)
    return outcome instanceof Promise ? outcome.then(reply) : reply(outcome)
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
  const asked = readQuestion(request.url)
  const question = 'question' in asked ? asked.question : null
  const told = caller === null ? null : await describeCaller(verifier, caller, question)
  if (told === null) return unauthenticated(request)
  if ('problem' in asked) return refusal(asked.problem)
  const { answer, holds, record } = told
  if (typeof answer === 'string') return { ...denied(answer, question ?? {}), holds, record }
  return { status: 200, body: answer, holds, record }
}
