import type { TransactionSql } from 'postgres'
import { plainArray, textArray } from '#db/queries/usage-columns'
import { addDays } from '#db/queries/usage-days'
import type { outcome } from '#db/schema/usage'

export type UsageKey = {
  readonly tokenId: string
  readonly organizationId: string | null
  /** Whole hours since 1970. */
  readonly hour: number
}
export type CountedHour = UsageKey & { readonly outcome: (typeof outcome.enumValues)[number]; readonly count: number }
export type CountedValue = UsageKey & {
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
 * Adds uses to what is counted, where nobody else writes meanwhile and they bring no hour more than 100 values of a
 * kind; and the days of their organizations. Leans on the unique keys of the usage tables.
 */
export async function addUses(tx: TransactionSql, uses: CountedUses): Promise<void> {
  await Promise.all([
    addHours(tx, uses.hours),
    addValues(tx, 'usage_endpoints', uses.endpoints),
    addValues(tx, 'usage_resources', uses.resources),
    addAddresses(tx, uses.addresses),
    addValues(tx, 'usage_user_agents', uses.userAgents),
    // Last, since others wait for whoever holds a day.
    addDays(tx, uses.hours),
  ])
}

/** The columns of keys, for an `unnest`. */
export const keyArrays = (tx: TransactionSql, keys: readonly UsageKey[]) => tx`
  ${plainArray(keys, ({ organizationId }) => organizationId)}::uuid[],
  ${plainArray(keys, ({ tokenId }) => tokenId)}::text[],
  ${plainArray(keys, ({ hour }) => hour)}::int[]`

/** Keys and all else of values, as the rows of a table. */
export const valueRows = (tx: TransactionSql, values: readonly CountedValue[]) => tx`
  select organization_id, token_id, to_timestamp(hour * 3600::float8) as hour, value, active, refused, user_agent
  from unnest(
    ${keyArrays(tx, values)},
    ${textArray(values, ({ value }) => value)}::text[],
    ${plainArray(values, ({ active }) => active)}::int[],
    ${plainArray(values, ({ refused }) => refused)}::int[],
    ${textArray(values, ({ userAgent }) => userAgent)}::text[]
  ) as u (organization_id, token_id, hour, value, active, refused, user_agent)`

const addHours = async (tx: TransactionSql, hours: readonly CountedHour[]) => tx`
  insert into usage_hours as h (organization_id, token_id, hour, outcome, count)
  select organization_id, token_id, to_timestamp(hour * 3600::float8), outcome, count
  from unnest(
    ${keyArrays(tx, hours)},
    ${plainArray(hours, (each) => each.outcome)}::outcome[],
    ${plainArray(hours, ({ count }) => count)}::int[]
  ) as u (organization_id, token_id, hour, outcome, count)
  on conflict on constraint usage_hours_key do update set count = h.count + excluded.count`

async function addValues(
  tx: TransactionSql,
  table: 'usage_endpoints' | 'usage_resources' | 'usage_user_agents',
  values: readonly CountedValue[],
): Promise<void> {
  if (values.length === 0) return
  await tx`
    insert into ${tx(table)} as v (organization_id, token_id, hour, value, active, refused)
    select organization_id, token_id, to_timestamp(hour * 3600::float8), value, active, refused
    from unnest(
      ${keyArrays(tx, values)},
      ${textArray(values, ({ value }) => value)}::text[],
      ${plainArray(values, ({ active }) => active)}::int[],
      ${plainArray(values, ({ refused }) => refused)}::int[]
    ) as u (organization_id, token_id, hour, value, active, refused)
    on conflict on constraint ${tx(`${table}_key`)} do update
    set active = v.active + excluded.active, refused = v.refused + excluded.refused`
}

async function addAddresses(tx: TransactionSql, values: readonly CountedValue[]): Promise<void> {
  if (values.length === 0) return
  await tx`
    insert into usage_addresses as a (organization_id, token_id, hour, value, active, refused, user_agent)
    ${valueRows(tx, values)}
    on conflict on constraint usage_addresses_key do update
    set active = a.active + excluded.active, refused = a.refused + excluded.refused,
      user_agent = coalesce(excluded.user_agent, a.user_agent)`
}
