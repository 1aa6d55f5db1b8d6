import type { IncomingMessage, ServerResponse } from 'node:http'
import { DatabaseUnavailable } from '#db/verification-client'
import { settleForwarding, type trustedProxies } from '#lib/forwarding'
import { PROBLEM_JSON, problem } from '#lib/problem'
import { answerAndClose, onBody } from '#lib/verification/body'
import type { openObserver } from '#lib/verification/observe'
import { type Reply, refusal, replyToError } from '#lib/verification/reply'
import { type DataPlane, methodNotAllowed, ROUTES, type Route } from '#lib/verification/routes'

const BODY_AT_MOST = 64 * 1024
const TRIES = 5
const TOO_LARGE = refusal(problem(413, 'too_large', 'The body may have at most 64 KiB.'))

/**
 * The data plane on node:http: takes the paths of `ROUTES`, and says whether it took the request. The caller's address is
 * the socket's, or what a trusted proxy says of it; `observe` is told how each request was answered.
 */
export function openHandler(
  verifier: DataPlane,
  {
    isTrusted,
    observe,
  }: { readonly isTrusted: ReturnType<typeof trustedProxies>; readonly observe: ReturnType<typeof openObserver> },
) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
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
