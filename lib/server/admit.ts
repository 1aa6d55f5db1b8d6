import { randomBytes, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type IsTrusted, settleForwarding } from '#lib/forwarding'
import { PROBLEM_JSON, type Problem, problem } from '#lib/problem'
import { NONCE, REQUEST_ID, REQUESTED_PATH } from '#lib/request-headers'
import { dropUnreadableCallback } from '#lib/server/callback-url'
import { contentSecurityPolicy, setPolicy } from '#lib/server/policy'
import { answerAndClose, isTooLarge } from '#lib/verification/body'

const BODY_AT_MOST = 64 * 1024

/** What is no page: nothing there is an action's. */
const ROUTES = /^\/+api\/|\/(?:changes|import)\/*$|\.\w+$/

/** The one route besides that is posted to, by a page of ours: a file of devices. */
const UPLOAD = /^\/o\/[a-z0-9-]+\/devices\/import$/
const UPLOAD_AT_MOST = 1024 * 1024

/** What of the HTTP API is changed too: by a credential in its header, which no page of anybody's has a browser send. */
const CHANGED = /^\/api\/v1\/(?:tokens|organizations|members|invitations|api-users|devices)(?:\/[^/]+){0,2}$/
const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

type Admission = {
  readonly isTrusted: IsTrusted
  /** The origin that people use, where it is known. */
  readonly appUrl?: string | undefined
  readonly dev?: boolean
}

/**
 * Looks at a request before the desk does: true lets it in, with only what may be believed of where it came from, the
 * path it asked for, its id and its nonce noted on it; false means that it is answered already. A body must tell its
 * length beforehand (411) and have at most 64 KiB, or 1 MiB where devices are uploaded (413), whoever sends it; a path
 * must be readable, and without dot segments (400). Pages are read (else 405), and what the HTTP API manages is
 * changed; what is posted to them is an action, sent
 * by a script of ours (415) on a page of ours (403), and so is an upload.
 * Whatever the answer, the headers that browsers keep to are on it.
 */
export function admit(request: IncomingMessage, response: ServerResponse, admission: Admission): boolean {
  const { isTrusted, appUrl, dev = false } = admission
  settleForwarding(request, isTrusted)
  const requestId = nameOf(request)
  response.setHeader(REQUEST_ID, requestId)
  const nonce = randomBytes(16).toString('base64')
  const host = request.headers['x-forwarded-host'] ?? request.headers.host
  setPolicy(request, response, nonce, { byTls: isByTls(request, appUrl), byName: String(host), dev })
  const refusal = refusalOf(request)
  if (refusal?.status === 405 && isFormBeforeScript(request)) {
    const headers = { location: pathOf(request.url ?? '/'), 'cache-control': 'private, no-store' }
    answerAndClose(request, response, 303, headers, 'Back to the page.')
    return false
  }
  if (refusal !== null) {
    refuse(request, response, refusal)
    return false
  }
  dropUnreadableCallback(request)
  // Of several a proxy before us may have judged another than we would.
  if ((request.headersDistinct['authorization']?.length ?? 0) > 1) delete request.headers.authorization
  // All of these are ours alone to say, the last two to the framework, which looks for the nonce in the policy.
  request.headers[REQUEST_ID] = requestId
  request.headers[REQUESTED_PATH] = withoutInternals(request.url ?? '/')
  request.headers[NONCE] = nonce
  request.headers['content-security-policy'] = contentSecurityPolicy(nonce, dev)
  delete request.headers['content-security-policy-report-only']
  return true
}

// Who presses the button before the page's script runs is led to the same page again; what was sent is not looked at.
const isFormBeforeScript = ({ method, headers, url = '/' }: IncomingMessage) =>
  method === 'POST' &&
  ['/sign-in', '/setup', '/invite', '/reset-password'].includes(pathOf(url)) &&
  headers['next-action'] === undefined &&
  headers['content-type'] === 'application/x-www-form-urlencoded'

/** Answers a request of the desk that is not let in. */
export function refuse(request: IncomingMessage, response: ServerResponse, refusal: Problem): void {
  const allow = refusal.status === 405 ? { allow: 'GET, HEAD' } : {}
  const headers = { 'content-type': PROBLEM_JSON, 'cache-control': 'private, no-store', ...allow }
  answerAndClose(request, response, refusal.status, headers, JSON.stringify(refusal))
}

/** Whether a request is an action's, as our own scripts post them. */
export const isAction = ({ method, headers, url = '/' }: IncomingMessage) =>
  method === 'POST' && headers['next-action'] !== undefined && !url.startsWith('/api/')

/** The name that a proxy of ours gave the request, if it can stand in a line of a log; else a new one. */
function nameOf({ headers }: IncomingMessage): string {
  const given = headers[REQUEST_ID]
  return typeof given === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : randomUUID()
}

function isByTls({ headers }: IncomingMessage, appUrl: string | undefined): boolean {
  const [told] = String(headers['x-forwarded-proto'] ?? '').split(',')
  return told ? told.trim() === 'https' : appUrl?.startsWith('https:') === true
}

function refusalOf(request: IncomingMessage): Problem | null {
  const { headers, url = '/' } = request
  if (headers['transfer-encoding'] !== undefined)
    return problem(411, 'length_required', 'Say how long the body is, with Content-Length.')
  const [atMost, words] = isUpload(request) ? [UPLOAD_AT_MOST, '1 MiB'] : [BODY_AT_MOST, '64 KiB']
  if (isTooLarge(request, atMost)) return problem(413, 'too_large', `The body may have at most ${words}.`)
  if (!isNamed(request)) return problem(400, 'bad_host', 'This is not the name of a server.')
  if (!isReadable(url)) return problem(400, 'bad_path', 'This address is not written correctly.')
  // A page of the framework's own, which answers as if something had failed.
  if (url.startsWith('/_global-error')) return problem(404, 'not_found', 'There is nothing here.')
  return isRead(request) ? null : refusalOfPost(request)
}

const isRead = ({ method }: IncomingMessage) => method === 'GET' || method === 'HEAD'

// A form's own post would run an action too, with whatever arguments are in it and no script of ours: no page has one.
function refusalOfPost(request: IncomingMessage): Problem | null {
  const { headers, method, url = '/' } = request
  if (method === 'POST' && url.startsWith('/api/auth/')) return null
  if (CHANGES.has(method ?? '') && CHANGED.test(pathOf(url))) return null
  const upload = isUpload(request)
  if (!upload && (!isAction(request) || ROUTES.test(pathOf(url))))
    return problem(405, 'method_not_allowed', 'There is no such method here.')
  const type = upload ? 'text/csv' : 'text/plain'
  if (headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() !== type)
    return problem(415, 'unsupported_media_type', `${upload ? 'An upload' : 'An action'} takes ${type} alone.`)
  return isFromOurPage(request) ? null : problem(403, 'forbidden', 'This was not sent by a page of this server.')
}

// By the address as it was sent: no other spelling of it, and nothing after it.
const isUpload = ({ method, headers, url = '' }: IncomingMessage) =>
  method === 'POST' && headers['next-action'] === undefined && UPLOAD.test(url)

// Every browser of today names the origin of what it posts.
function isFromOurPage(request: IncomingMessage): boolean {
  return URL.parse(request.headers.origin ?? '')?.host === hostOf(request)?.toLowerCase()
}

const hostOf = ({ headers }: IncomingMessage) =>
  (headers['x-forwarded-host'] ?? headers.host)?.toString().split(',', 1)[0]?.trim()

// Without a name at all only HTTP/1.0 gets this far; some monitors still speak it.
function isNamed(request: IncomingMessage): boolean {
  if ((request.headersDistinct['host']?.length ?? 0) > 1) return false
  const host = hostOf(request)
  if (host === undefined) return request.httpVersion === '1.0'
  return /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host) && URL.canParse(`http://${host}`)
}

const pathOf = (url: string) => decodeURIComponent(url.split('?', 1)[0] ?? '')

// Nobody's browser sends dot segments; with one, whoever judges by the path and whoever follows it can differ.
function isReadable(url: string): boolean {
  try {
    return url.startsWith('/') && !/\0|(?:^|[/\\])\.\.?(?:[/\\]|$)/.test(pathOf(url))
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
