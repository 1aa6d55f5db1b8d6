import { and, eq, isNotNull, lte } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client'
import { tokenSecrets } from '#db/schema/tokens'

/** What opening a secret again needs of the current one; null where the token has none. Leans on token_secrets_pkey. */
export async function findCurrentSecret(tx: Transaction, tokenId: string) {
  const [secret] = await tx
    .select()
    .from(tokenSecrets)
    .where(and(eq(tokenSecrets.tokenId, tokenId), eq(tokenSecrets.state, 'current')))
    .for('no key update')
  return secret ?? null
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

/** Ends every reveal whose time is over. Leans on token_secrets_open. */
export async function wipeOverdueRevealSalts(db: Queryable, now: Date): Promise<void> {
  await db
    .update(tokenSecrets)
    .set({ revealSalt: null })
    .where(and(isNotNull(tokenSecrets.revealSalt), lte(tokenSecrets.revealUntil, now)))
}

/** Destroys all secrets of a token. */
export async function deleteSecrets(tx: Transaction, tokenId: string): Promise<void> {
  await tx.delete(tokenSecrets).where(eq(tokenSecrets.tokenId, tokenId))
}
