import { and, eq, gt, isNull, lt } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client'
import { oneTimeLinks } from '#db/schema/users'

/** Keeps the digest of a link. */
export async function insertLink(db: Queryable, row: typeof oneTimeLinks.$inferInsert): Promise<void> {
  await db.insert(oneTimeLinks).values(row)
}

/** Uses a link up; false where it does not exist, is used or has run out. Two at once: one wins. */
export async function consumeLink(
  tx: Transaction,
  link: { readonly digest: Uint8Array; readonly purpose: 'setup' | 'reset-password' },
  now: Date,
): Promise<boolean> {
  const used = await tx
    .update(oneTimeLinks)
    .set({ usedAt: now })
    .where(
      and(
        eq(oneTimeLinks.digest, link.digest),
        eq(oneTimeLinks.purpose, link.purpose),
        isNull(oneTimeLinks.usedAt),
        gt(oneTimeLinks.expiresAt, now),
      ),
    )
    .returning({ purpose: oneTimeLinks.purpose })
  return used.length === 1
}

/** Whose password a link sets, if it works still; null otherwise. Leans on one_time_links_pkey. */
export async function findResetLink(db: Queryable, digest: Uint8Array, now: Date): Promise<string | null> {
  const [found] = await db
    .select({ userId: oneTimeLinks.userId })
    .from(oneTimeLinks)
    .where(
      and(
        eq(oneTimeLinks.digest, digest),
        eq(oneTimeLinks.purpose, 'reset-password'),
        isNull(oneTimeLinks.usedAt),
        gt(oneTimeLinks.expiresAt, now),
      ),
    )
  return found?.userId ?? null
}

/** Voids every link of a person's. Leans on one_time_links_user. */
export async function deleteLinksOf(db: Queryable, userId: string): Promise<void> {
  await db.delete(oneTimeLinks).where(eq(oneTimeLinks.userId, userId))
}

/** Forgets links that have run out. */
export async function deleteExpiredLinks(db: Queryable, now: Date): Promise<void> {
  await db.delete(oneTimeLinks).where(lt(oneTimeLinks.expiresAt, now))
}
