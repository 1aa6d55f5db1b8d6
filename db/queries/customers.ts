import { inArray, type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client'
import { belowOf, type Root } from '#db/queries/below'
import { organizations } from '#db/schema/organizations'
import { tokens } from '#db/schema/tokens'

export type CustomerOrder = { readonly by: 'name' | 'opened' | 'activity'; readonly descending: boolean }

/**
 * The value of a row in the chosen order, as PostgreSQL writes it, and the id that breaks ties. By name it is left out
 * and looked up by the id.
 */
export type CustomerCursor = { readonly value: string | null; readonly id: string }

export type CustomerListQuery = {
  readonly root: Root
  /** Whether what stands deeper than directly below counts too. */
  readonly all: boolean
  /** Looked for in name and slug; empty finds all. */
  readonly search: string
  readonly filter: 'all' | 'limit' | 'suspended' | 'closed'
  readonly order: CustomerOrder
  readonly now: Date
}

/** Where a page begins: after or before a row, or at the end of the list. */
export type CustomerPagePosition =
  | { readonly from: 'start' }
  | { readonly from: 'end' }
  | { readonly from: 'after' | 'before'; readonly cursor: CustomerCursor }

const inUse = (now: Date) => sql`t.deleted_at is null and t.revoked_at is null
  and (t.expires_at is null or t.expires_at > ${now.toISOString()}::timestamptz)`

// Each is a look into one index: tokens_by_state, tokens_by_last_used.
const usedBy = (organizationId: SQL, now: Date) => sql<number>`(
  select count(*)::int from tokens t where t.organization_id = ${organizationId} and ${inUse(now)})`
const lastUseOf = (organizationId: SQL) => sql`(
  select nullif(max(coalesce(t.last_used_at, '-infinity'::timestamptz)), '-infinity') from tokens t
  where t.organization_id = ${organizationId} and t.deleted_at is null)`

const B_ID = sql.raw('b.id')
const ORGANIZATION_ID = sql.raw('organizations.id')

// Without any activity stands last whichever way the list runs.
const keyOf = ({ by, descending }: CustomerOrder): { readonly key: SQL; readonly type: SQL } => {
  if (by === 'name') return { key: sql`lower(b.name)`, type: sql`text` }
  const type = sql`timestamptz`
  if (by === 'opened') return { key: sql`b.created_at`, type }
  return {
    key: sql`coalesce(${lastUseOf(B_ID)}, ${sql.raw(descending ? "'-infinity'" : "'infinity'")}::timestamptz)`,
    type,
  }
}

const placeOf = ({ value, id }: CustomerCursor, type: SQL): SQL =>
  value === null
    ? sql`((select lower(name) from organizations where id = ${id}), ${id}::uuid)`
    : sql`(${value}::${type}, ${id}::uuid)`

const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

const found = (search: string): SQL =>
  search === ''
    ? sql`true`
    : sql`(lower(b.name) like lower(${containing(search)}) or b.slug like lower(${containing(search)}))`

const atLimit = (now: Date) => sql`(not b.closed and ${usedBy(B_ID, now)} >= b.token_limit)`

const FILTERS = { all: sql`true`, suspended: sql`(b.suspended and not b.closed)`, closed: sql`b.closed` }

const matching = ({ search, filter, now }: CustomerListQuery): SQL =>
  sql`${found(search)} and ${filter === 'limit' ? atLimit(now) : FILTERS[filter]}`

/**
 * One page of the organizations below, in order: id and cursor value of each. Keyset paging: rows that come or go
 * meanwhile shift nothing. It walks the tree by organizations_parent and sorts what it finds.
 */
export async function listCustomers(
  db: Queryable,
  query: CustomerListQuery,
  position: CustomerPagePosition,
  size: number,
): Promise<{ id: string; cursorValue: string | null }[]> {
  const { key, type } = keyOf(query.order)
  const backwards = position.from === 'before' || position.from === 'end'
  const down = query.order.descending !== backwards
  const beyond =
    'cursor' in position
      ? sql`(${key}, b.id) ${sql.raw(down ? '<' : '>')} ${placeOf(position.cursor, type)}`
      : sql`true`
  const direction = sql.raw(down ? 'desc' : 'asc')
  const rows = await db.execute<{ id: string; cursorValue: string | null }>(sql`
    with recursive ${belowOf(query.root, query.all)}
    select b.id, ${query.order.by === 'name' ? sql`null` : sql`(${key})::text`} as "cursorValue" from below b
    where ${matching(query)} and ${beyond}
    order by ${key} ${direction}, b.id ${direction} limit ${size}`)
  return backwards ? [...rows].reverse() : [...rows]
}

/** How many matching rows stand before the given one. */
export async function countCustomersBefore(db: Queryable, query: CustomerListQuery, cursor: CustomerCursor) {
  const { key, type } = keyOf(query.order)
  const [row] = await db.execute<{ count: number }>(sql`
    with recursive ${belowOf(query.root, query.all)} select count(*)::int as count from below b
    where ${matching(query)} and (${key}, b.id) ${sql.raw(query.order.descending ? '>' : '<')} ${placeOf(cursor, type)}`)
  return row?.count ?? 0
}

/** What the list says of itself: how many the search finds, by filter; and of all, whatever is searched for. */
export type CustomerCounts = {
  readonly all: number
  readonly limit: number
  readonly suspended: number
  readonly closed: number
  /** Those that are not closed. */
  readonly open: number
  /** Whether any of them has, or may have, organizations below it. */
  readonly resellers: boolean
  readonly atLimit: number
  readonly over: number
  readonly stopped: number
  /** The first two by name of each. */
  readonly atLimitFirst: readonly string[]
  readonly stoppedFirst: readonly string[]
}

/**
 * Counts in one pass over the tree and one over the tokens in use there: by tokens_by_state where they are few, by all of
 * them where they are many, as PostgreSQL finds cheaper.
 */
export async function countCustomers(db: Queryable, { root, all, search, now }: CustomerListQuery) {
  const names = (which: SQL) =>
    sql`coalesce((array_agg(b.name order by lower(b.name)) filter (where ${which}))[1:2], '{}')`
  const full = sql`(not b.closed and b.used >= b.token_limit)`
  const [row] = await db.execute<CustomerCounts>(sql`
    with recursive ${belowOf(root, all)},
    used as (select t.organization_id, count(*)::int as used from tokens t
      where t.organization_id in (select id from below) and ${inUse(now)} group by t.organization_id),
    judged as materialized (select b.*, ${found(search)} as found, coalesce(used.used, 0) as used
      from below b left join used on used.organization_id = b.id)
    select
      (count(*) filter (where found))::int as "all",
      (count(*) filter (where found and ${full}))::int as "limit",
      (count(*) filter (where found and ${FILTERS.suspended}))::int as suspended,
      (count(*) filter (where found and b.closed))::int as closed,
      (count(*) filter (where not b.closed))::int as open,
      coalesce(bool_or(b.kind = 'reseller'), false) as resellers,
      (count(*) filter (where ${full}))::int as "atLimit",
      (count(*) filter (where ${full} and b.used > b.token_limit))::int as over,
      (count(*) filter (where ${FILTERS.suspended}))::int as stopped,
      ${names(full)} as "atLimitFirst", ${names(FILTERS.suspended)} as "stoppedFirst"
    from judged b`)
  if (row === undefined) throw new Error('a count gave no row')
  return row
}

/** What a page says of its organizations beside their lineage, in no order. Leans on the same indexes. */
export const findCustomerFacts = (db: Queryable, ids: readonly string[], now: Date) =>
  db
    .select({
      id: organizations.id,
      openedAt: organizations.createdAt,
      used: usedBy(ORGANIZATION_ID, now),
      lastActivityAt: sql<Date | null>`${lastUseOf(ORGANIZATION_ID)}`.mapWith(tokens.lastUsedAt),
      below: sql<number>`(select count(*)::int from organizations child
        where child.parent_id = ${ORGANIZATION_ID} and child.closed_at is null)`,
    })
    .from(organizations)
    .where(inArray(organizations.id, [...ids]))
