import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log } from '#lib/log'
import type { Metrics } from '#lib/metrics'
import { scrub } from '#lib/redact'
import { REQUEST_ID } from '#lib/request-headers'
import { methodOf, routeOf } from '#lib/server/route'

// What open pages, browsers and monitors ask by themselves, over and over.
const QUIET = new Set(['files', 'changes', 'probes'])

// A character that was escaped once or any number of times over, as secrets have them.
const ESCAPED = /%(?:25)*([2-7][\da-f])/gi
const ROUNDS = 5

/**
 * Counts a request of the desk and logs it in one line when it ends. To be called when it was admitted or refused: the
 * client's address and the request's id are settled then. Files, the questions of open pages and probes are told at
 * level `debug` while they go well. The query stays out: it can hold what people typed.
 */
export function observe(
  request: IncomingMessage,
  response: ServerResponse,
  to: { readonly log: Log; readonly metrics: Pick<Metrics, 'deskAnswered'> },
): void {
  const began = performance.now()
  // What answers may change both.
  const { method = '' } = request
  const path = readable(request.url?.split('?', 1)[0] ?? '/')
  response.once('close', () => {
    const { statusCode: status, writableFinished } = response
    const ms = Math.round(performance.now() - began)
    const route = routeOf(path)
    to.metrics.deskAnswered(route, methodOf(method), status, ms / 1_000)
    const fields = {
      requestId: response.getHeader(REQUEST_ID),
      method,
      path,
      status,
      ms,
      client: request.headers['x-forwarded-for'],
      ...(writableFinished ? {} : { aborted: true }),
    }
    if (status >= 500) to.log.warn(fields, 'request')
    else if (QUIET.has(route) && status < 400) to.log.debug(fields, 'request')
    else to.log.info(fields, 'request')
  })
}

// Decoded, so that no secret hides behind percent signs, and cut last, so that none is cut out of its form.
function readable(path: string): string {
  try {
    let text = decodeURIComponent(path)
    for (let round = 0; round < ROUNDS; round++) {
      const again = text.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      if (again === text) return scrub(text).slice(0, 300)
      text = again
    }
  } catch {
    // Told like what is escaped too often.
  }
  return '(unreadable)'
}
