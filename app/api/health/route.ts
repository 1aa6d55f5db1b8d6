export const dynamic = 'force-dynamic'

/** The process answers. Says nothing of the database: that is `/api/ready`. */
export const GET = () => Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } })
