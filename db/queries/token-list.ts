import { and, asc, desc, eq, isNull, like, or, type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client'
import {
  currentSecret,
  handedOver,
  handingOver,
  retiring,
  retiringSecret,
  tokenColumns,
} from '#db/queries/token-columns'
import { serviceAccounts } from '#db/schema/service-accounts'
import { tokenSecrets, tokens } from '#db/schema/tokens'

export type TokenOrder = { readonly by: 'name' | 'created' | 'lastUsed' | 'expires'; readonly descending: boolean }

/**
 * The value of a row in the chosen order, as PostgreSQL writes it, and the id that breaks ties. By name it is left out
 * and looked up by the id, since a folded name can be thousands of bytes long; it never changes under a reader's hands.
 */
export type TokenCursor = { readonly value: string | null; readonly id: string }

/** Whose tokens: all of an organization's, those of its API users included; or a person's own. */
export type TokensOf = { readonly organizationId: string } | { readonly userId: string }

export type TokenListQuery = {
  readonly of: TokensOf
  /** Looked for in the folded name and in the id; empty finds all. */
  readonly search: { readonly nameKey: string; readonly text: string }
  readonly status: 'all' | 'active' | 'revoked' | 'expired'
  readonly order: TokenOrder
  readonly now: Date
}

/** Where a page begins: after or before a row, or at the end of the list. */
export type TokenPagePosition =
  | { readonly from: 'start' }
  | { readonly from: 'end' }
  | { readonly from: 'after' | 'before'; readonly cursor: TokenCursor }

// Never used stands last whichever way the list runs; a token that never expires is simply the latest to expire. `first`
// is what an index holds of a key that it does not hold whole, and `firstOf` the same of another value.
const keyOf = ({ by, descending }: TokenOrder): Key => {
  if (by === 'name') return { key: sql`${tokens.nameKey}`, type: sql`text` }
  const type = sql`timestamptz`
  if (by === 'created') return { key: sql`${tokens.createdAt}`, type }
  if (by === 'expires') return { key: sql`coalesce(${tokens.expiresAt}, 'infinity'::timestamptz)`, type }
  const never = sql.raw(`${descending ? "'-infinity'" : "'infinity'"}::timestamptz`)
  return {
    key: sql`coalesce(${tokens.lastUsedAt}, ${never})`,
    type,
    first: sql`coalesce(${tokens.lastUsedMinute}, ${never})`,
    firstOf: (value) => sql`case when isfinite(${value}::timestamptz)
      then date_bin('1 minute', ${value}::timestamptz, '2000-01-01 00:00:00+00'::timestamptz) else ${never} end`,
  }
}

type Key = {
  readonly key: SQL
  readonly type: SQL
  readonly first?: SQL
  readonly firstOf?: (value: string | null) => SQL
}

/** Rows on the far side of a place in the order of a key. */
const beyond = ({ key, type, first, firstOf }: Key, cursor: TokenCursor, side: '<' | '>'): SQL => {
  const place = sql`(${key}, ${tokens.id}) ${sql.raw(side)} ${placeOf(cursor, type)}`
  return first && firstOf ? sql`${first} ${sql.raw(`${side}=`)} ${firstOf(cursor.value)} and ${place}` : place
}

const placeOf = ({ value, id }: TokenCursor, type: SQL): SQL =>
  value === null ? sql`((select name_key from tokens where id = ${id}), ${id})` : sql`(${value}::${type}, ${id})`

const statusIs = (status: 'active' | 'revoked' | 'expired', now: Date): SQL => {
  const instant = sql`${now.toISOString()}::timestamptz`
  if (status === 'revoked') return sql`${tokens.revokedAt} is not null`
  const overdue = sql`coalesce(${tokens.expiresAt} <= ${instant}, false)`
  return status === 'expired'
    ? sql`(${tokens.revokedAt} is null and ${overdue})`
    : sql`(${tokens.revokedAt} is null and not ${overdue})`
}

const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** The tokens that are not deleted of an organization, or of a person: these are found by tokens_name. */
export const belongTo = (of: TokensOf) =>
  and(
    'userId' in of ? eq(tokens.ownerId, of.userId) : eq(tokens.organizationId, of.organizationId),
    isNull(tokens.deletedAt),
  )

const found = ({ of, search }: TokenListQuery) =>
  and(
    belongTo(of),
    search.text === ''
      ? undefined
      : or(
          // Both sides are folded already: LIKE takes a third of the time of ILIKE.
          like(tokens.nameKey, containing(search.nameKey)),
          sql`lower(${tokens.id}) like ${containing(search.text.toLowerCase())}`,
        ),
  )

const matching = (query: TokenListQuery) =>
  and(found(query), query.status === 'all' ? undefined : statusIs(query.status, query.now))

/**
 * One page of tokens, in order, with the cursor value of each row. Keyset paging: rows that come or
 * go meanwhile shift nothing. Leans on the tokens_by_… index of the order.
 */
export async function listTokens(db: Database, query: TokenListQuery, position: TokenPagePosition, size: number) {
  const order = keyOf(query.order)
  const { key, first } = order
  const backwards = position.from === 'before' || position.from === 'end'
  const runsDown = query.order.descending !== backwards
  const direction = runsDown ? desc : asc
  const rows = await db
    .select({
      ...tokenColumns,
      cursorValue: query.order.by === 'name' ? sql<null>`null` : sql<string>`(${key})::text`,
    })
    .from(tokens)
    .leftJoin(tokenSecrets, currentSecret)
    .leftJoin(retiring, retiringSecret)
    .leftJoin(serviceAccounts, eq(serviceAccounts.id, tokens.serviceAccountId))
    .leftJoin(handingOver, handedOver)
    .where(
      and(matching(query), 'cursor' in position ? beyond(order, position.cursor, runsDown ? '<' : '>') : undefined),
    )
    .orderBy(...(first ? [direction(first)] : []), direction(key), direction(tokens.id))
    .limit(size)
  return backwards ? rows.reverse() : rows
}

/** How many matching rows stand before the given one. */
export async function countTokensBefore(db: Database, query: TokenListQuery, cursor: TokenCursor): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(tokens)
    .where(and(matching(query), beyond(keyOf(query.order), cursor, query.order.descending ? '>' : '<')))
  return row?.count ?? 0
}

/** How many tokens the search finds, by status, in one pass over those that belong there. Leans on
 * tokens_by_state where nothing is searched for. */
export async function countTokensByStatus(db: Database, query: TokenListQuery) {
  const [row] = await db
    .select({
      all: sql<number>`count(*)::int`,
      active: sql<number>`(count(*) filter (where ${statusIs('active', query.now)}))::int`,
      revoked: sql<number>`(count(*) filter (where ${statusIs('revoked', query.now)}))::int`,
      expired: sql<number>`(count(*) filter (where ${statusIs('expired', query.now)}))::int`,
    })
    .from(tokens)
    .where(found(query))
  return row ?? { all: 0, active: 0, revoked: 0, expired: 0 }
}

/**
 * The active tokens that nobody has revealed yet (`soon` null), or those that expire by then: the first two and, on
 * each row, how many there are in all. Leans on tokens_unrevealed, else on tokens_by_expires.
 */
export function listNotableTokens(db: Database, of: TokensOf, now: Date, soon: Date | null) {
  const expires = sql`coalesce(${tokens.expiresAt}, 'infinity'::timestamptz)`
  const ending = soon === null ? undefined : sql`${expires} <= ${soon.toISOString()}::timestamptz`
  return db
    .select({ name: tokens.name, expiresAt: tokens.expiresAt, count: sql<number>`(count(*) over ())::int` })
    .from(tokens)
    .where(
      and(
        belongTo(of),
        isNull(tokens.revokedAt),
        sql`${expires} > ${now.toISOString()}::timestamptz`,
        ending ?? isNull(tokens.revealedAt),
      ),
    )
    .orderBy(asc(tokens.expiresAt), asc(tokens.id))
    .limit(2)
}

/** An organization's own tokens of that name, at most one. Leans on tokens_name. */
export const listTokensByName = (db: Database, organizationId: string, nameKey: string) =>
  db
    .select({ id: tokens.id })
    .from(tokens)
    .where(and(eq(tokens.ownerId, organizationId), eq(tokens.nameKey, nameKey), isNull(tokens.deletedAt)))
