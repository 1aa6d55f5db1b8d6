import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'

/**
 * Has PostgreSQL end this transaction after 5 seconds whatever becomes of who began it, so that a verifier that was cut
 * off holds nothing for longer. PostgreSQL 17 and later can; before, it ends with the connection.
 */
export const LIMIT = `select case when current_setting('server_version_num')::int >= 170000
  then set_config('transaction_timeout', '5000', true) end`

/** The same for a transaction of drizzle. */
export async function limitTransaction(tx: Transaction): Promise<void> {
  await tx.execute(sql.raw(LIMIT))
}
