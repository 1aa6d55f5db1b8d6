import type { Transaction } from '#db/client'
import { serviceAccounts } from '#db/schema/service-accounts'

/** Adds an API user. */
export async function insertServiceAccount(
  tx: Transaction,
  row: typeof serviceAccounts.$inferInsert,
): Promise<{ id: string }> {
  const [inserted] = await tx.insert(serviceAccounts).values(row).returning({ id: serviceAccounts.id })
  if (inserted === undefined) throw new Error('insert returned no API user')
  return inserted
}
