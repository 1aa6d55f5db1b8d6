import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'

/**
 * Writes within a transaction, and takes back what was written where it is not to be kept: as many statements either way,
 * so that the time does not tell which it was. What `write` throws ends the transaction.
 */
export async function writeAndKeep(
  tx: Transaction,
  isKept: boolean,
  write: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await tx.execute(sql`savepoint writing`)
  await write(tx)
  await tx.execute(isKept ? sql`release savepoint writing` : sql`rollback to savepoint writing`)
}
