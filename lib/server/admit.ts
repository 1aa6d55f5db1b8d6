import type { IncomingMessage, ServerResponse } from 'node:http'
import { settleForwarding } from '#lib/forwarding'
import { PROBLEM_JSON, problem } from '#lib/problem'
import { REQUESTED_PATH } from '#lib/request-headers'
import { answerAndClose } from '#lib/verification/body'

const BODY_AT_MOST = 64 * 1024

/**
 * Looks at a request before the desk does: true lets it in, with only what may be believed of where it came from and
 * the path it asked for noted on it; false means that it is answered already. A body must tell its length beforehand
 * (411) and have at most 64 KiB (413), whoever sends it; a path must be readable (400).
 */
export function admit(request: IncomingMessage, response: ServerResponse, trustedProxies: readonly string[]): boolean {
  const refusal = refusalOf(request)
  if (refusal !== null) {
    const headers = { 'content-type': PROBLEM_JSON, 'cache-control': 'no-store' }
    answerAndClose(request, response, refusal.status, headers, JSON.stringify(refusal))
    return false
  }
  settleForwarding(request, trustedProxies)
  request.headers[REQUESTED_PATH] = withoutInternals(request.url ?? '/')
  return true
}

function refusalOf({ headers, url = '/' }: IncomingMessage) {
  if (headers['transfer-encoding'] !== undefined)
    return problem(411, 'length_required', 'Say how long the body is, with Content-Length.')
  if (Number(headers['content-length'] ?? 0) > BODY_AT_MOST)
    return problem(413, 'too_large', 'The body may have at most 64 KiB.')
  return isReadable(url) ? null : problem(400, 'bad_path', 'This address is not written correctly.')
}

function isReadable(url: string): boolean {
  try {
    return !decodeURIComponent(url.split('?', 1)[0] ?? '').includes('\0')
  } catch {
    return false
  }
}

// The framework adds a parameter of its own where a page is fetched without a reload.
function withoutInternals(url: string): string {
  const [path = '/', query = ''] = url.split('?', 2)
  const kept = new URLSearchParams(query)
  kept.delete('_rsc')
  return kept.size === 0 ? path : `${path}?${kept}`
}
