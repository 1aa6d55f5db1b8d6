import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { PROBLEM_JSON, problem } from '#lib/problem'

const AT_ONCE = 1
const WAITING = 20
// The page's own form can't show a 503 in words of ours, so people wait a few seconds rather than be refused.
const PEOPLE_WAITING = 100
// Whoever takes longer keeps going, beside the next one.
const TURN_MS = 5_000
const REFUSAL_MS = 3
const BUSY = 'Too many people are signing in. Try again in a moment.'

/** Where passwords come in from people without a session. */
const PATHS = ['/api/auth/callback/credentials', '/sign-in', '/setup', '/invite', '/reset-password']

type Waiting = { readonly response: ServerResponse; readonly begin: () => void }

/**
 * Lets sign-ins into the desk one after the other, so that no verification waits behind more than one of them, however
 * many come at once. A turn ends when the answer was handed over, whether or not anybody reads it, when the connection
 * is gone, or after 5 seconds. Others wait: 20, or 100 from the form; whoever comes then gets 503, and so does whoever
 * sent the sign-in ahead of an answer that they have not taken yet. Who has gone holds no place. Everything else passes,
 * and so does a sign-in whose body is slow to come, so that nobody holds up the rest. How many passwords are compared at
 * once is limited elsewhere, whatever passes here.
 */
export function takeTurns() {
  let running = 0
  let waiting: Waiting[] = []
  let refusals = Promise.resolve()
  const letNextIn = () => {
    waiting = waiting.filter(({ response }) => isThere(response))
    while (running < AT_ONCE && waiting.length > 0) waiting.shift()?.begin()
  }
  return async (request: IncomingMessage, response: ServerResponse, enter: () => void): Promise<void> => {
    if (!isSignIn(request) || !(await isWhole(request))) {
      enter()
      return
    }
    letNextIn()
    if (response.socket === null || waiting.length >= (isForm(request) ? PEOPLE_WAITING : WAITING)) {
      // One at a time as well, and not at once: what else has arrived is answered in between.
      refusals = refusals.then(() => pause(REFUSAL_MS)).then(() => refuse(request, response))
      return
    }
    const begin = () => {
      running += 1
      whenDone(response, () => {
        running -= 1
        letNextIn()
      })
      enter()
    }
    waiting.push({ response, begin })
    letNextIn()
  }
}

// An answer that stands behind another on its connection has no socket yet; none such waits here.
const isThere = ({ socket }: ServerResponse) => socket !== null && !socket.destroyed

/** Calls once when the answer needs no more work: `finish` and `close` would wait for a client that does not read. */
function whenDone(response: ServerResponse, done: () => void): void {
  let isOver = false
  const leave = () => {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    done()
  }
  const timer = setTimeout(leave, TURN_MS)
  response.once('close', leave)
  // It stays in place: what compresses the answer may have put its own around it meanwhile.
  const end = response.end
  response.end = function (this: ServerResponse, ...given: never) {
    leave()
    return Reflect.apply(end, this, given)
  }
}

const isSignIn = ({ method, url = '' }: IncomingMessage) =>
  method === 'POST' && PATHS.includes(pathOf(url).replace(/\/+$/, ''))

// As the framework reads it; what can't be read was refused before.
function pathOf(url: string): string {
  const [path = ''] = url.split('?', 1)
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

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
