import { sql } from 'drizzle-orm'
import type { Database } from '#db/client'
import { belongTo, type TokensOf } from '#db/queries/token-list'
import { tokens } from '#db/schema/tokens'

/**
 * A text that differs whenever the list looks different: by change, deletion, use or expiry. A transaction that commits
 * after a later one still counts, since what was changed in the minute before the last change is counted too. Asked every
 * second by every page that is looked at: it leans on tokens_by_updated, tokens_by_last_used and tokens_by_expires and
 * reads of the first the last minute's, of the second the last minute in which any was used, of the third one row; of a
 * person's own it reads all on tokens_name.
 */
export async function findTokensVersion(db: Database, of: TokensOf, now: Date): Promise<string> {
  const home = 'userId' in of ? of.userId : of.organizationId
  const listed = belongTo(of)
  const minute = sql`coalesce(${tokens.lastUsedMinute}, '-infinity'::timestamptz)`
  const used = sql`${listed} and ${minute} > '-infinity'`
  const expires = sql`coalesce(${tokens.expiresAt}, 'infinity'::timestamptz)`
  // Tombstones are changes too.
  const touched = sql`coalesce(${tokens.organizationId}, ${tokens.userId}) = ${home}`
  const [row] = await db.execute<{ version: string }>(sql`select concat_ws(' ',
    (select concat_ws(' ', max(${tokens.updatedAt}), count(*)) from tokens where ${touched} and ${tokens.updatedAt} >=
      (select max(${tokens.updatedAt}) from tokens where ${touched}) - '1 minute'::interval),
    (select concat_ws(' ', max(${tokens.lastUsedAt}), count(*)) from tokens where ${used} and ${minute} >=
      (select max(${minute}) from tokens where ${used})),
    (select max(${expires}) from tokens where ${listed} and ${expires} <= ${now.toISOString()}::timestamptz)) as version`)
  return row?.version ?? ''
}
