import type { Queryable } from '#db/client'
import { ping } from '#db/queries/ping'

const PATIENCE_MS = 2000

const UNKEPT = { 'cache-control': 'no-store' }

/** That the process answers; nothing of the database. */
export const tellHealth = () => Response.json({ status: 'ok' }, { headers: UNKEPT })

/** Whether this server can do its work now: 200 where the database answers within two seconds, else 503. */
export async function tellReadiness(db: Queryable): Promise<Response> {
  if (await isReachable(db)) return Response.json({ status: 'ready' }, { headers: UNKEPT })
  return Response.json(
    { status: 'unavailable', reason: 'The database does not answer.' },
    { status: 503, headers: { ...UNKEPT, 'retry-after': '1' } },
  )
}

async function isReachable(db: Queryable): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(resolve, PATIENCE_MS, false).unref())
  const answered = ping(db).then(
    () => true,
    () => false,
  )
  return Promise.race([answered, late])
}
