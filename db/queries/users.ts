import { eq } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client'
import { memberships, users } from '#db/schema/users'

/** A user by the folded form of the e-mail address; null where there is none. Leans on users_email. */
export async function findUserByEmailKey(db: Queryable, emailKey: string) {
  const [user] = await db.select().from(users).where(eq(users.emailKey, emailKey))
  return user ?? null
}

/** Adds a user. */
export async function insertUser(tx: Transaction, row: typeof users.$inferInsert): Promise<{ id: string }> {
  const [inserted] = await tx.insert(users).values(row).returning({ id: users.id })
  if (inserted === undefined) throw new Error('insert returned no user')
  return inserted
}

/** Makes a user a member of an organization. */
export async function insertMembership(tx: Transaction, row: typeof memberships.$inferInsert): Promise<void> {
  await tx.insert(memberships).values(row)
}

/** Remembers where a user was last, for the way in from `/`. */
export async function rememberOrganization(db: Queryable, userId: string, organizationId: string): Promise<void> {
  await db.update(users).set({ lastOrganizationId: organizationId }).where(eq(users.id, userId))
}
