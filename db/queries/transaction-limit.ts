import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'

/**
 * Has PostgreSQL end a transaction after 5 seconds whatever becomes of who began it, so that a verifier that was cut off
 * holds nothing for longer. Those before 17 know no such limit; they end it once it has waited as long for a statement,
 * and each of those has a limit of its own. `version` is an expression: what `server_version_num` is.
 */
export const limitOn = (version: string) => `select case when ${version} >= 170000
  then set_config('transaction_timeout', '5000', true)
  else set_config('idle_in_transaction_session_timeout', '5000', true) end`

export const LIMIT = limitOn("current_setting('server_version_num')::int")

/** The same for a transaction of drizzle. */
export async function limitTransaction(tx: Transaction): Promise<void> {
  await tx.execute(sql.raw(LIMIT))
}
