import { authenticate } from '#lib/api/authenticate'
import type { ApiHome } from '#lib/api/home'
import { readIdempotencyKey, runOnce } from '#lib/api/idempotency'
import { keptAnswer } from '#lib/api/kept-answer'
import type { Answer, Operation, Sent } from '#lib/api/operation'
import { insufficientScope, problemOf, refuse, unauthenticated } from '#lib/api/problems'
import { problem } from '#lib/problem'
import { readJson } from '#lib/verification/input'

const BODY_AT_MOST = 64 * 1024

/**
 * Answers a request by an operation. Judged in this order: the body's size (413), the credential (401), its scope (403),
 * whether the body is JSON (400), its form (422); then the verb. Whatever fails is a problem document.
 */
export async function serve(
  operation: Operation,
  api: ApiHome,
  request: Request,
  params: Sent['params'],
): Promise<Response> {
  try {
    const bytes = await bodyOf(request)
    if (bytes === null) return refuse(problem(413, 'too_large', 'The body may have at most 64 KiB.'))
    const actor = await authenticate(api, request.headers, operation)
    if (actor === 'unauthenticated') return unauthenticated(request.headers)
    if (actor === 'insufficient_scope') return insufficientScope(operation.scope ?? '')
    const json = operation.body === null || bytes.length === 0 ? { value: undefined } : jsonOf(request, bytes)
    if (json === undefined)
      return refuse(problem(400, 'not_json', 'The body must be JSON in UTF-8, as application/json.'))
    const { pathname, search, searchParams: query } = new URL(request.url)
    const key = operation.idempotent === undefined ? null : readIdempotencyKey(request.headers)
    const asking = { signal: request.signal, headOnly: request.method === 'HEAD' }
    const run = operation.read({ params, query, body: json.value, key, ...asking })
    const { db, clock, prefix, sealKeys } = api
    const ctx = { db, clock, prefix, sealKeys, actor }
    const sent = Buffer.concat([Buffer.from(`${pathname}${search}\n`), bytes])
    const answer = await (key === null ? run(ctx) : runOnce(operation, ctx, { key, request: sent }, run))
    if (answer instanceof Response) return answer
    return answer.keep === true ? keptAnswer(request.headers, actor, answer) : responseOf(answer)
  } catch (error) {
    // Nobody is left to read what failed because they went away.
    if (request.signal.aborted && error === request.signal.reason) return new Response(null, { status: 499 })
    return problemOf(error, request, operation.name)
  }
}

function responseOf({ status, body, secret }: Answer): Response {
  const headers = { 'cache-control': 'no-store' }
  if (body === null) return new Response(null, { status, headers })
  const told = secret === undefined ? body : { ...Object(body), secret: secret.reveal() }
  return Response.json(told, { status, headers })
}

const jsonOf = (request: Request, bytes: Buffer) => readJson(request.headers.get('content-type') ?? undefined, bytes)

/** null: it is larger than a body may be, of which no more is kept than shows it. */
async function bodyOf(request: Request): Promise<Buffer | null> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_AT_MOST) return null
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.length
    if (length > BODY_AT_MOST) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
