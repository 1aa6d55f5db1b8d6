import { findActor } from '#lib/actor'
import { loadPersonalHome } from '#lib/tokens/home'
import { tokensVersion } from '#lib/tokens/list'

/** A text that changes whenever the list of one's personal tokens would look different. */
export async function GET() {
  const ctx = await findActor()
  const headers = { 'cache-control': 'private, no-store', 'content-type': 'text/plain; charset=utf-8' }
  if (ctx === null) return new Response(null, { status: 401, headers })
  return new Response(await tokensVersion(ctx, await loadPersonalHome(ctx.db, ctx.actor)), { headers })
}
