import { type SQL, sql } from 'drizzle-orm'

/** Where tokens live: an organization, or a person. */
export type UsageHome = { readonly organizationId: string } | { readonly userId: string }

/**
 * What of a table these tokens came to since then, as its rows; of tokens that live elsewhere none. Their own organization
 * and those below it are looked at, for a person's the organizations that they are a member of: one look-up each
 * (`offset 0`), where a join might read the index through. Leans on the table's unique key, organizations_path and
 * memberships' primary key.
 */
export function rowsOfTokens(
  table: 'usage_hours' | 'usage_addresses',
  { home, tokenIds, since }: { home: UsageHome; tokenIds: readonly string[]; since: Date },
): SQL {
  const rows = (where: SQL) => sql`select * from ${sql.identifier(table)}
    where ${where} and token_id = token.id and hour >= ${since.toISOString()}::timestamptz offset 0`
  return sql`
    with token as materialized (
      select id from tokens where id = any(${sql.param([...tokenIds])}::text[]) and ${
        'userId' in home ? sql`user_id = ${home.userId}` : sql`organization_id = ${home.organizationId}`
      }
    ), place as materialized (${placesOf(home)})
    select came.* from token cross join place cross join lateral (${rows(sql`organization_id = place.id`)}) came
    union all
    select came.* from token cross join lateral (${rows(sql`organization_id is null`)}) came`
}

const placesOf = (home: UsageHome): SQL =>
  'userId' in home
    ? sql`select organization_id as id from memberships where user_id = ${home.userId}`
    : sql`select id from organizations where path @> array[${home.organizationId}]::uuid[]`
