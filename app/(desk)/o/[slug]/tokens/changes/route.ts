import { findActor } from '#lib/actor'
import { DomainError } from '#lib/errors'
import { tokensVersion } from '#lib/tokens/list'

/** A text that changes whenever the list of tokens would look different: what an open page asks every second. */
export async function GET(_request: Request, { params }: RouteContext<'/o/[slug]/tokens/changes'>) {
  const ctx = await findActor()
  const headers = { 'cache-control': 'private, no-store', 'content-type': 'text/plain; charset=utf-8' }
  if (ctx === null) return new Response(null, { status: 401, headers })
  try {
    return new Response(await tokensVersion(ctx, (await params).slug), { headers })
  } catch (error) {
    if (error instanceof DomainError) return new Response(null, { status: error.status, headers })
    throw error
  }
}
