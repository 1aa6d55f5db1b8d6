import { findActor } from '#lib/actor'
import { importDevices } from '#lib/devices/import'
import { DomainError } from '#lib/errors'
import { openOrganization } from '#lib/organizations/load'
import { PROBLEM_JSON, type Problem, problem } from '#lib/problem'

const noStore = { 'cache-control': 'private, no-store' }

/**
 * Takes a file of devices as the body: 200 with how many were added, renamed and left, or a problem (RFC 9457), of which
 * 422 `invalid_lines` names in `lines` each wrong line with its reason. The server has judged size and origin before.
 */
export async function POST(request: Request, { params }: RouteContext<'/o/[slug]/devices/import'>) {
  const ctx = await findActor()
  if (ctx === null) return refused(problem(401, 'unauthenticated', 'You are signed out. Sign in again.'))
  try {
    const organization = await openOrganization(ctx.db, ctx.actor, (await params).slug)
    const done = await importDevices(ctx, organization, new Uint8Array(await request.arrayBuffer()))
    if (!('faults' in done)) return Response.json(done, { headers: noStore })
    const detail = 'Nothing was imported, because some lines are wrong.'
    return refused({ ...problem(422, 'invalid_lines', detail), lines: done.faults })
  } catch (error) {
    if (error instanceof DomainError) return refused(problem(error.status, error.code, error.message))
    throw error
  }
}

/** There is nothing to read. */
export function GET() {
  const answer = refused(problem(405, 'method_not_allowed', 'Files are posted here, and nothing is read.'))
  answer.headers.set('allow', 'POST')
  return answer
}

const refused = (body: Problem & { readonly lines?: unknown }) =>
  new Response(JSON.stringify(body), { status: body.status, headers: { ...noStore, 'content-type': PROBLEM_JSON } })
