import type { PendingQuery, Row, Sql, TransactionSql } from 'postgres'
import type { outcome } from '#db/schema/usage'

const VALUES_AT_MOST = 100

/** Any number that nothing else takes advisory locks under. */
const LOCKS = 7_216_001

type Key = {
  readonly tokenId: string
  readonly organizationId: string | null
  /** Whole hours since 1970. */
  readonly hour: number
}
type CountedHour = Key & { readonly outcome: (typeof outcome.enumValues)[number]; readonly count: number }
export type CountedValue = Key & {
  readonly value: string
  readonly active: number
  readonly refused: number
  /** Of addresses: the last one that came from there. */
  readonly userAgent: string | null
}

/** Uses to be added to what is counted; no key twice in a list. */
export type CountedUses = {
  readonly hours: readonly CountedHour[]
  readonly endpoints: readonly CountedValue[]
  readonly resources: readonly CountedValue[]
  readonly addresses: readonly CountedValue[]
  readonly userAgents: readonly CountedValue[]
}

/**
 * Adds uses to what is counted, all or nothing. A value beyond the first 100 of a token, organization and hour counts as
 * `other`, whoever else writes meanwhile: writers take turns for tokens whose ids begin alike, and take those turns in
 * one order. `commits` is told the transaction once nothing but its commit is left, whose answer may be lost. Leans on the
 * unique keys of the usage tables.
 */
export async function countUses(sql: Sql, uses: CountedUses, commits: (transaction: string) => void): Promise<void> {
  await sql.begin(async (tx) => {
    const turns = [...new Set(uses.hours.map(({ tokenId }) => tokenId.charCodeAt(0)))].toSorted((a, b) => a - b)
    await tx`select pg_advisory_xact_lock(${LOCKS}, turn) from unnest(${turns}::int[]) turn`
    // Only from here on does a statement see what those before wrote.
    const [begun] = await Promise.all([
      tx<{ id: string }[]>`select pg_current_xact_id()::text as id`,
      addUses(tx, uses),
    ])
    for (const { id } of begun) commits(id)
  })
}

/** The same where nobody else writes. */
export async function addUses(tx: TransactionSql, uses: CountedUses): Promise<void> {
  await Promise.all([
    addHours(tx, uses.hours),
    addValues(tx, 'usage_endpoints', uses.endpoints),
    addValues(tx, 'usage_resources', uses.resources),
    addAddresses(tx, uses.addresses),
    addValues(tx, 'usage_user_agents', uses.userAgents),
  ])
}

/** How a transaction ended; one that this server knows nothing of never was. */
export async function fateOf(sql: Sql, transaction: string): Promise<'committed' | 'aborted' | 'in progress'> {
  const [row] = await sql<{ fate: 'committed' | 'aborted' | 'in progress' | null }[]>`
    select case when ${transaction}::xid8 < pg_snapshot_xmax(pg_current_snapshot())
      then pg_xact_status(${transaction}::xid8) end as fate`
  return row?.fate ?? 'aborted'
}

const addHours = async (tx: TransactionSql, hours: readonly CountedHour[]) => tx`
  insert into usage_hours (organization_id, token_id, hour, outcome, count)
  select organization_id, token_id, to_timestamp(hour * 3600.0), outcome, count
  from unnest(
    ${hours.map(({ organizationId }) => organizationId)}::uuid[],
    ${hours.map(({ tokenId }) => tokenId)}::text[],
    ${hours.map(({ hour }) => hour)}::bigint[],
    ${hours.map((each) => each.outcome)}::outcome[],
    ${hours.map(({ count }) => count)}::int[]
  ) as use (organization_id, token_id, hour, outcome, count)
  order by 1, 2, 3, 4
  on conflict on constraint usage_hours_key do update set count = usage_hours.count + excluded.count`

async function addValues(
  tx: TransactionSql,
  table: 'usage_endpoints' | 'usage_resources' | 'usage_user_agents',
  values: readonly CountedValue[],
): Promise<void> {
  if (values.length === 0) return
  const rows = tx(table)
  await tx`
    with ${bounded(tx, table, values)}
    insert into ${rows} (organization_id, token_id, hour, value, active, refused)
    select organization_id, token_id, hour, value, sum(active), sum(refused) from bounded
    group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict on constraint ${tx(`${table}_key`)} do update
    set active = ${rows}.active + excluded.active, refused = ${rows}.refused + excluded.refused`
}

async function addAddresses(tx: TransactionSql, values: readonly CountedValue[]): Promise<void> {
  if (values.length === 0) return
  await tx`
    with ${bounded(tx, 'usage_addresses', values)}
    insert into usage_addresses as a (organization_id, token_id, hour, value, active, refused, user_agent)
    select organization_id, token_id, hour, value, sum(active), sum(refused), max(user_agent) from bounded
    group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict on constraint usage_addresses_key do update
    set active = a.active + excluded.active, refused = a.refused + excluded.refused,
      user_agent = coalesce(excluded.user_agent, a.user_agent)`
}

// Which values there are already is asked only where they may be too many.
const bounded = (tx: TransactionSql, table: string, values: readonly CountedValue[]) => tx`
  use as materialized (
    select organization_id, token_id, to_timestamp(hour * 3600.0) as hour, value, active, refused, user_agent
    from unnest(
      ${values.map(({ organizationId }) => organizationId)}::uuid[],
      ${values.map(({ tokenId }) => tokenId)}::text[],
      ${values.map(({ hour }) => hour)}::bigint[],
      ${values.map(({ value }) => value)}::text[],
      ${values.map(({ active }) => active)}::int[],
      ${values.map(({ refused }) => refused)}::int[],
      ${values.map(({ userAgent }) => userAgent)}::text[]
    ) as u (organization_id, token_id, hour, value, active, refused, user_agent)
  ), crowded as materialized (
    select organization_id, token_id, hour, ${VALUES_AT_MOST}::int - there as room
    from (
      select organization_id, token_id, hour, count(*) as coming,
        ${countOf(tx, table, tx`t.value <> 'other'`)} as there
      from use u group by 1, 2, 3
    ) keys where there + coming > ${VALUES_AT_MOST}::int
  ), judged as (
    select u.*, c.room, u.value = 'other' or ${countOf(tx, table, tx`t.value = u.value`)} > 0 as known
    from crowded c join use u on u.token_id = c.token_id and u.hour = c.hour
      and u.organization_id is not distinct from c.organization_id
  ), ranked as (
    select *, row_number() over (partition by organization_id, token_id, hour, known order by value) as place from judged
  ), bounded as (
    select organization_id, token_id, hour, value, active, refused, user_agent from use u
    where not exists (select from crowded c where u.token_id = c.token_id and u.hour = c.hour
      and u.organization_id is not distinct from c.organization_id)
    union all
    select organization_id, token_id, hour, case when known or place <= room then value else 'other' end, active, refused,
      case when known or place <= room then user_agent end
    from ranked
  )`

// Two look-ups, the second for those without an organization alone: "is not distinct from" would use no index.
const countOf = (tx: TransactionSql, table: string, values: PendingQuery<Row[]>) => tx`(
  (select count(*) from ${tx(table)} t
    where t.organization_id = u.organization_id and t.token_id = u.token_id and t.hour = u.hour and ${values})
  + case when u.organization_id is null then (select count(*) from ${tx(table)} t
    where t.organization_id is null and t.token_id = u.token_id and t.hour = u.hour and ${values}) else 0 end
)`
