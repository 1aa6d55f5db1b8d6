import { findActor } from '#lib/actor'
import { DomainError } from '#lib/errors'
import { listCallers } from '#lib/usage/callers'

/** Who presented the tokens of `?token=`, several at one place too, in the last 7 days: what dialogs that end them ask. */
export async function GET(request: Request) {
  const headers = { 'cache-control': 'private, no-store' }
  const ctx = await findActor()
  if (ctx === null) return new Response(null, { status: 401, headers })
  const [first, ...others] = new URL(request.url).searchParams.getAll('token').slice(0, 100)
  if (first === undefined) return new Response(null, { status: 404, headers })
  try {
    return Response.json(await listCallers(ctx, [first, ...others]), { headers })
  } catch (error) {
    if (error instanceof DomainError) return new Response(null, { status: error.status, headers })
    throw error
  }
}
