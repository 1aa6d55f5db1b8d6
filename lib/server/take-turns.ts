import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause, setImmediate as yieldOnce } from 'node:timers/promises'
import { PROBLEM_JSON, problem } from '#lib/problem'

const AT_ONCE = 1
const WAITING = 20
// The page's own form can't show a 503 in words of ours, so people wait a few seconds rather than be refused.
const PEOPLE_WAITING = 100
const BUSY = 'Too many people are signing in. Try again in a moment.'

/** Where passwords come in from people without a session. */
const PATHS = ['/api/auth/callback/credentials', '/sign-in', '/setup']

/**
 * Lets sign-ins into the desk one after the other, so that no verification waits behind more than one of them, however
 * many come at once. Others wait for their turn: 20, or 100 from the form; whoever comes then gets 503. Everything else
 * passes, and so does a sign-in whose body is slow to come, so that nobody holds up the rest. How many passwords are
 * compared at once is limited elsewhere, whatever passes here.
 */
export function takeTurns() {
  let running = 0
  const waiting: (() => void)[] = []
  let refusals = Promise.resolve()
  const letNextIn = () => {
    while (running < AT_ONCE && waiting.length > 0) waiting.shift()?.()
  }
  return async (request: IncomingMessage, response: ServerResponse, enter: () => void): Promise<void> => {
    if (!isSignIn(request) || !(await isWhole(request))) {
      enter()
      return
    }
    if (waiting.length >= (isForm(request) ? PEOPLE_WAITING : WAITING)) {
      // One at a time as well: what else has arrived is answered in between.
      refusals = refusals.then(yieldOnce).then(() => refuse(request, response))
      return
    }
    waiting.push(() => {
      // Whoever gave up while waiting costs nothing more.
      if (response.destroyed) return
      running += 1
      response.once('close', () => {
        running -= 1
        letNextIn()
      })
      enter()
    })
    letNextIn()
  }
}

const isSignIn = ({ method, url = '' }: IncomingMessage) =>
  method === 'POST' && PATHS.includes(url.split('?', 1)[0]?.replace(/\/+$/, '') ?? '')

const isForm = ({ headers }: IncomingMessage) => headers['next-action'] !== undefined

// The body is left where it is for whoever reads it; most have arrived with their headers.
async function isWhole(request: IncomingMessage): Promise<boolean> {
  for (let wait = 1; wait < 100 && !request.complete && !request.destroyed; wait *= 2) await pause(wait)
  return request.complete
}

// The body is here already: the connection stays.
function refuse(request: IncomingMessage, response: ServerResponse): void {
  const form = isForm(request)
  const text = form ? BUSY : JSON.stringify(problem(503, 'busy', BUSY))
  const headers = {
    'content-type': form ? 'text/plain; charset=utf-8' : PROBLEM_JSON,
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(text),
    'retry-after': '1',
  }
  response.writeHead(503, headers).end(text)
}
