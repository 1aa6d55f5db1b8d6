import { ping } from '#db/queries/ping'
import { database } from '#lib/database'

const PATIENCE_MS = 2000

/** Whether the desk's database answers a query within two seconds. */
export async function isDatabaseReachable(): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(resolve, PATIENCE_MS, false).unref())
  const answered = ping(database()).then(
    () => true,
    () => false,
  )
  return Promise.race([answered, late])
}
