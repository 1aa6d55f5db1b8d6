import { hash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Metrics } from '#lib/metrics'
import { inRange, parseAddress } from '#lib/network'
import { PROBLEM_JSON, problem } from '#lib/problem'
import { isLoopbackName } from '#lib/server/policy'
import { isTooLarge } from '#lib/verification/body'

const BODY_AT_MOST = 64 * 1024

const FORWARDED = /forwarded|client-ip|connecting-ip|real-ip|^via$/

const LOOPBACK = [
  { address: Uint8Array.of(127, 0, 0, 0), bits: 8 },
  { address: Uint8Array.from({ length: 16 }, (_, index) => (index === 15 ? 1 : 0)), bits: 128 },
]

/**
 * Answers `GET /api/metrics` and says whether it took the request. Allowed is who presents the token, and who asks from
 * this very machine, under a loopback name or address, without having been forwarded; to be called before forwarding
 * headers are settled, since it judges by what arrived. It cannot tell a proxy on this machine that adds no header at all from a person at it.
 */
export function serveMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  { metrics, token }: { readonly metrics: Metrics; readonly token: string | undefined },
): boolean {
  if (request.url?.split('?', 1)[0] !== '/api/metrics') return false
  if (request.method !== 'GET' && request.method !== 'HEAD')
    refuse(response, problem(405, 'method_not_allowed', 'There is no such method here.'), { allow: 'GET, HEAD' })
  else if (isTooLarge(request, BODY_AT_MOST))
    refuse(response, problem(413, 'too_large', 'The body may have at most 64 KiB.'), { connection: 'close' })
  else if (presents(request, token) || isFromHere(request)) void send(response, metrics)
  else if (token === undefined) refuse(response, problem(404, 'not_found', 'There is nothing here.'))
  else {
    const challenge = { 'www-authenticate': 'Bearer error="invalid_token"' }
    refuse(response, problem(401, 'invalid_token', 'Send METRICS_TOKEN as Authorization: Bearer.'), challenge)
  }
  return true
}

/** Compared as digests, so that neither length nor beginning shows in the time it takes. */
function presents({ headers }: IncomingMessage, token: string | undefined): boolean {
  const [, presented] = /^bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? []
  if (token === undefined || presented === undefined) return false
  return timingSafeEqual(hash('sha256', presented, 'buffer'), hash('sha256', token, 'buffer'))
}

function isFromHere({ headers, socket }: IncomingMessage): boolean {
  const peer = parseAddress(socket.remoteAddress ?? '')
  if (peer === null || Object.keys(headers).some((name) => FORWARDED.test(name))) return false
  // A browser on this machine comes under the name of whatever page it has open, and that name may lead here.
  if (headers.host !== undefined && !isLoopbackName(headers.host)) return false
  return LOOPBACK.some((range) => inRange(peer, range))
}

async function send(response: ServerResponse, metrics: Metrics): Promise<void> {
  const text = await metrics.text()
  response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' }).end(text)
}

function refuse(response: ServerResponse, body: ReturnType<typeof problem>, headers: Record<string, string> = {}) {
  response.writeHead(body.status, { 'content-type': PROBLEM_JSON, 'cache-control': 'no-store', ...headers })
  response.end(JSON.stringify(body))
}
