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

/** Removes what a person has at an issuer; false where that was nothing. Leans on logins_user. */
export async function deleteLogins(tx: Transaction, userId: string, issuer: string): Promise<boolean> {
  const removed = await tx
    .delete(logins)
    .where(and(eq(logins.userId, userId), eq(logins.issuer, issuer)))
    .returning({ userId: logins.userId })
  return removed.length > 0
}

/** Whether a person has a password, and a login at an issuer. Leans on users_pkey and logins_user. */
export async function findWaysIn(
  db: Queryable,
  userId: string,
  issuer: string,
): Promise<{ readonly password: boolean; readonly login: boolean }> {
  const [found] = await db
    .select({
      password: sql<boolean>`${users.passwordHash} is not null`,
      login: sql<boolean>`exists (select from ${logins} where ${logins.userId} = ${users.id} and ${logins.issuer} = ${issuer})`,
    })
    .from(users)
    .where(eq(users.id, userId))
  return found ?? { password: false, login: false }
}
