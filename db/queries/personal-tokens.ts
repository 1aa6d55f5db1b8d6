import { and, desc, eq, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client'
import { currentSecret } from '#db/queries/token-columns'
import { isActive } from '#db/queries/tokens'
import { organizations } from '#db/schema/organizations'
import { tokenSecrets, tokens } from '#db/schema/tokens'
import { memberships, users } from '#db/schema/users'

/**
 * The newest active personal tokens of a user, without their names, and of how many organizations that are not closed the
 * user is a member; null where there is no such user. One query. Leans on tokens_name, whose first column is the owner,
 * and on memberships_pkey.
 */
export async function listActivePersonalTokens(
  db: Queryable,
  userId: string,
  { now, limit }: { readonly now: Date; readonly limit: number },
) {
  const rows = await db
    .select({
      token: { id: tokens.id, createdAt: tokens.createdAt, lastUsedAt: tokens.lastUsedAt },
      prefix: tokenSecrets.prefix,
      tail: tokenSecrets.tail,
      organizations: sql<number>`(
        select count(*)::int from ${memberships} join ${organizations} on ${organizations.id} = ${memberships.organizationId}
        where ${memberships.userId} = ${userId} and ${organizations.closedAt} is null)`,
    })
    .from(users)
    .leftJoin(tokens, and(eq(tokens.ownerId, users.id), eq(tokens.kind, 'personal'), isActive(now)))
    .leftJoin(tokenSecrets, currentSecret)
    .where(eq(users.id, userId))
    .orderBy(desc(tokens.createdAt), desc(tokens.id))
    .limit(limit)
  const [first] = rows
  if (first === undefined) return null
  return {
    organizations: first.organizations,
    tokens: rows.flatMap(({ token, prefix, tail }) => (token === null ? [] : [{ ...token, prefix, tail }])),
  }
}
