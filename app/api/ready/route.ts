import { isDatabaseReachable } from '#lib/health'

export const dynamic = 'force-dynamic'

/** Whether this server can do its work now: 200 when the database answers within two seconds, else 503. */
export async function GET() {
  const headers = { 'cache-control': 'no-store' }
  if (await isDatabaseReachable()) return Response.json({ status: 'ready' }, { headers })
  return Response.json(
    { status: 'unavailable', reason: 'The database does not answer.' },
    { status: 503, headers: { ...headers, 'retry-after': '1' } },
  )
}
