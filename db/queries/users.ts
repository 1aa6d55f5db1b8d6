import { eq } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client'
import { memberships, users } from '#db/schema/users'

/** A user by the folded form of the e-mail address; null where there is none. Leans on users_email. */
export async function findUserByEmailKey(db: Queryable, emailKey: string) {
  const [user] = await db.select().from(users).where(eq(users.emailKey, emailKey))
  return user ?? null
}

/** A user by id; null where there is none. Leans on users_pkey. */
export async function findUser(db: Queryable, id: string) {
  const [user] = await db.select().from(users).where(eq(users.id, id))
  return user ?? null
}

/**
 * The user, held until the transaction ends so that neither password nor name changes meanwhile. Taken before anything
 * else is held. Leans on users_pkey.
 */
export async function holdUser(tx: Transaction, id: string) {
  const [user] = await tx.select().from(users).where(eq(users.id, id)).for('no key update')
  return user ?? null
}

/** Changes what is given of a user. */
export async function updateUser(
  tx: Transaction,
  id: string,
  changes: Partial<Pick<typeof users.$inferInsert, 'name' | 'passwordHash'>>,
): Promise<void> {
  await tx.update(users).set(changes).where(eq(users.id, id))
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
