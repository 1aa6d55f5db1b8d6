import { findActor } from '#lib/actor'
import { DomainError } from '#lib/errors'
import { readProof } from '#lib/verifiers/proof'
import { RevocationIds } from '#lib/verifiers/schema'

/** How verifiers answered revocations, by `?id=`: for whoever may revoke those tokens, to everybody else 404. */
export async function GET(request: Request) {
  const headers = { 'cache-control': 'private, no-store' }
  const ctx = await findActor()
  if (ctx === null) return new Response(null, { status: 401, headers })
  const ids = RevocationIds.safeParse(new URL(request.url).searchParams.getAll('id'))
  if (!ids.success) return new Response(null, { status: 404, headers })
  try {
    return Response.json(await readProof(ctx, ids.data), { headers })
  } catch (error) {
    if (error instanceof DomainError) return new Response(null, { status: error.status, headers })
    throw error
  }
}
