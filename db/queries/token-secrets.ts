import { and, asc, eq, gt, isNotNull, lte, sql } from 'drizzle-orm'
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

/** The same as far as telling them apart goes, for those who may know no more of them. Leans on token_secrets_pkey. */
export async function lockDigests(tx: Transaction, tokenId: string) {
  const { state, digest, retiresAt } = tokenSecrets
  const secrets = await tx
    .select({ state, digest, retiresAt })
    .from(tokenSecrets)
    .where(eq(tokenSecrets.tokenId, tokenId))
    .orderBy(asc(state))
    .for('no key update')
  return {
    current: secrets.find((secret) => secret.state === 'current') ?? null,
    retiring: secrets.find((secret) => secret.state === 'retiring') ?? null,
  }
}

/** Has the current secret retire then, in the place of one that retires already; a kept copy of it is destroyed. Leans on token_secrets_pkey. */
export async function retireCurrentSecret(tx: Transaction, tokenId: string, retiresAt: Date): Promise<void> {
  await tx.delete(tokenSecrets).where(and(eq(tokenSecrets.tokenId, tokenId), eq(tokenSecrets.state, 'retiring')))
  await tx
    .update(tokenSecrets)
    .set({ state: 'retiring', retiresAt, sealed: null, sealKeyId: null })
    .where(and(eq(tokenSecrets.tokenId, tokenId), eq(tokenSecrets.state, 'current')))
}

/** Has the secret that retires stop at that instant, and its reveal with it. Leans on token_secrets_pkey. */
export async function endRetiringSecret(tx: Transaction, tokenId: string, at: Date): Promise<void> {
  await tx
    .update(tokenSecrets)
    .set({ retiresAt: at, revealSalt: null })
    .where(and(eq(tokenSecrets.tokenId, tokenId), eq(tokenSecrets.state, 'retiring')))
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

/**
 * Holds up to so many secrets that are sealed under that key, in the order of their tokens and behind that one, but for
 * those that somebody else holds at that moment. Leans on token_secrets_sealed.
 */
export const lockSealed = (
  tx: Transaction,
  under: { readonly sealKeyId: string; readonly afterTokenId: string },
  limit: number,
) =>
  tx
    .select({ tokenId: tokenSecrets.tokenId, state: tokenSecrets.state, sealed: tokenSecrets.sealed })
    .from(tokenSecrets)
    .where(
      and(
        isNotNull(tokenSecrets.sealed),
        eq(tokenSecrets.sealKeyId, under.sealKeyId),
        gt(tokenSecrets.tokenId, under.afterTokenId),
      ),
    )
    .orderBy(asc(tokenSecrets.tokenId))
    .limit(limit)
    .for('no key update', { skipLocked: true })

/** Keeps a secret that is held under another key. Leans on token_secrets_pkey. */
export async function reseal(
  tx: Transaction,
  of: { readonly tokenId: string; readonly state: 'current' | 'retiring' },
  kept: { readonly sealed: Uint8Array; readonly sealKeyId: string },
): Promise<void> {
  await tx
    .update(tokenSecrets)
    .set(kept)
    .where(and(eq(tokenSecrets.tokenId, of.tokenId), eq(tokenSecrets.state, of.state)))
}

/** How many secrets are sealed under each key. Leans on token_secrets_sealed. */
export const countSealedByKey = (db: Queryable) =>
  db
    .select({ keyId: tokenSecrets.sealKeyId, count: sql<number>`count(*)::int` })
    .from(tokenSecrets)
    .where(isNotNull(tokenSecrets.sealed))
    .groupBy(tokenSecrets.sealKeyId)

/** Destroys all secrets of a token. */
export async function deleteSecrets(tx: Transaction, tokenId: string): Promise<void> {
  await tx.delete(tokenSecrets).where(eq(tokenSecrets.tokenId, tokenId))
}
