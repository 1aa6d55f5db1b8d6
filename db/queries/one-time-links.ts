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
  link: { readonly digest: Uint8Array; readonly purpose: 'setup' },
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

/** Forgets links that have run out. */
export async function deleteExpiredLinks(db: Queryable, now: Date): Promise<void> {
  await db.delete(oneTimeLinks).where(lt(oneTimeLinks.expiresAt, now))
}
