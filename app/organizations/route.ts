import { findActor } from '#lib/actor'
import { searchText } from '#lib/lists/search'
import { findOrganizations } from '#lib/organizations/find-organizations'

/** Where whoever is signed in may go, by `?q=`: what the switcher asks for while somebody types. */
export async function GET(request: Request) {
  const headers = { 'cache-control': 'private, no-store' }
  const ctx = await findActor()
  if (ctx === null) return new Response(null, { status: 401, headers })
  const text = searchText(new URL(request.url).searchParams.get('q') ?? '')
  return Response.json(await findOrganizations(ctx, text), { headers })
}
