import { and, asc, eq, isNotNull, lte, sql } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client'
import { tokenSecrets } from '#db/schema/tokens'

/** The secrets of a token, held: the current one and the one that retires; null where it has none. Leans on token_secrets_pkey. */
export async function lockSecrets(tx: Transaction, tokenId: string) {
  const secrets = await tx
    .select()
    .from(tokenSecrets)
    .where(eq(tokenSecrets.tokenId, tokenId))
    .orderBy(asc(tokenSecrets.state))
    .for('no key update')
  return {
    current: secrets.find(({ state }) => state === 'current') ?? null,
    retiring: secrets.find(({ state }) => state === 'retiring') ?? null,
  }
}

/** Has the current secret retire then, in the place of one that retires already. Leans on token_secrets_pkey. */
export async function retireCurrentSecret(tx: Transaction, tokenId: string, retiresAt: Date): Promise<void> {
  await tx.delete(tokenSecrets).where(and(eq(tokenSecrets.tokenId, tokenId), eq(tokenSecrets.state, 'retiring')))
  await tx
    .update(tokenSecrets)
    .set({ state: 'retiring', retiresAt })
    .where(and(eq(tokenSecrets.tokenId, tokenId), eq(tokenSecrets.state, 'current')))
}

/** Keeps the digest of a secret. Third in the order of locks. */
export async function insertSecret(tx: Transaction, row: typeof tokenSecrets.$inferInsert): Promise<void> {
  await tx.insert(tokenSecrets).values(row)
}

/** Ends the open reveal that this user began of a token: what its secret was derived from is gone. Others' stay. */
export async function wipeRevealSalt(tx: Transaction, tokenId: string, userId: string): Promise<void> {
  await tx
    .update(tokenSecrets)
    .set({ revealSalt: null })
    .where(and(eq(tokenSecrets.tokenId, tokenId), eq(tokenSecrets.mintedBy, userId)))
}

/**
 * Ends every reveal whose time is over, but for secrets that somebody holds at that moment: they are left for the next
 * time, since whoever holds no token and waits for two of its secrets can stand in a circle with a verb. Leans on
 * token_secrets_open and token_secrets_pkey.
 */
export async function wipeOverdueRevealSalts(db: Queryable, now: Date): Promise<void> {
  const overdue = db
    .select({ tokenId: tokenSecrets.tokenId, state: tokenSecrets.state })
    .from(tokenSecrets)
    .where(and(isNotNull(tokenSecrets.revealSalt), lte(tokenSecrets.revealUntil, now)))
    .for('no key update', { skipLocked: true })
  await db
    .update(tokenSecrets)
    .set({ revealSalt: null })
    .where(sql`(${tokenSecrets.tokenId}, ${tokenSecrets.state}) in ${overdue}`)
}

/** Destroys all secrets of a token. */
export async function deleteSecrets(tx: Transaction, tokenId: string): Promise<void> {
  await tx.delete(tokenSecrets).where(eq(tokenSecrets.tokenId, tokenId))
}
