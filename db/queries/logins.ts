import { and, eq, sql } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client'
import { logins, users } from '#db/schema/users'

/** Whom a provider calls so; null where nobody is linked to it. Leans on logins_pkey. */
export async function findLogin(
  db: Queryable,
  { issuer, subject }: { readonly issuer: string; readonly subject: string },
): Promise<{ readonly userId: string } | null> {
  const [login] = await db
    .select({ userId: logins.userId })
    .from(logins)
    .where(and(eq(logins.issuer, issuer), eq(logins.subject, subject)))
  return login ?? null
}

/** Adds a login; one that exists already violates logins_issuer_subject_pk. */
export async function insertLogin(tx: Transaction, row: typeof logins.$inferInsert): Promise<void> {
  await tx.insert(logins).values(row)
}

/** Whether a person has a login at an issuer. Leans on logins_user. */
export async function hasLogin(db: Queryable, userId: string, issuer: string): Promise<boolean> {
  const found = await db
    .select({ subject: logins.subject })
    .from(logins)
    .where(and(eq(logins.userId, userId), eq(logins.issuer, issuer)))
    .limit(1)
  return found.length > 0
}

/** Removes what a person has at an issuer, or everywhere; gives the issuers, each once. Leans on logins_user. */
export async function deleteLogins(
  tx: Transaction,
  userId: string,
  which: { readonly issuer: string } | 'all',
): Promise<readonly string[]> {
  const narrowed = which === 'all' ? [] : [eq(logins.issuer, which.issuer)]
  const removed = await tx
    .delete(logins)
    .where(and(eq(logins.userId, userId), ...narrowed))
    .returning({ issuer: logins.issuer })
  return [...new Set(removed.map(({ issuer }) => issuer))]
}

/** Whether a person has a password, and since when a login at an issuer. Leans on users_pkey and logins_user. */
export async function findWaysIn(
  db: Queryable,
  userId: string,
  issuer: string | null,
): Promise<{ readonly password: boolean; readonly loginSince: Date | null }> {
  const first = sql<Date | null>`(select min(${logins.createdAt}) from ${logins}
    where ${logins.userId} = ${users.id} and ${logins.issuer} = ${issuer})`
  const [found] = await db
    .select({
      password: sql<boolean>`${users.passwordHash} is not null`,
      loginSince: first.mapWith(logins.createdAt),
    })
    .from(users)
    .where(eq(users.id, userId))
  return found ?? { password: false, loginSince: null }
}
