import { z } from 'zod'
import { findActor } from '#lib/actor'
import { DomainError } from '#lib/errors'
import { findCustomerHits } from '#lib/organizations/find-customer'

/** What closing this organization would hit and, with `?tier=`, what giving it that tier would: for admins above it. */
export async function GET(request: Request, { params }: RouteContext<'/o/[slug]/hits'>) {
  const headers = { 'cache-control': 'private, no-store' }
  const ctx = await findActor()
  if (ctx === null) return new Response(null, { status: 401, headers })
  const tier = z.uuid().safeParse(new URL(request.url).searchParams.get('tier'))
  try {
    const { slug } = await params
    return Response.json(await findCustomerHits(ctx, slug, tier.success ? tier.data : null), { headers })
  } catch (error) {
    if (error instanceof DomainError) return new Response(null, { status: error.status, headers })
    throw error
  }
}
