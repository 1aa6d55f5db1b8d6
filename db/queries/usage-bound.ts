import type { PendingQuery, Row, TransactionSql } from 'postgres'
import {
  addUses,
  type CountedUses,
  type CountedValue,
  keyArrays,
  type UsageKey,
  valueRows,
} from '#db/queries/usage-add'
import { plainArray } from '#db/queries/usage-columns'

const VALUES_AT_MOST = 100

/** A token's hour of which uses come; `sure` where all values that come were written on this session before. */
export type ComingHour = UsageKey & { readonly sure: boolean; readonly uses: number }

/**
 * Of these, the hours that now have more uses than an hour may have values: in any other no value is one too many. Leans
 * on usage_hours_key.
 */
export async function listFullHours<Hour extends ComingHour>(
  tx: TransactionSql,
  coming: readonly Hour[],
): Promise<ReadonlySet<Hour>> {
  if (coming.length === 0) return new Set()
  const rows = await tx<{ nth: number }[]>`
    with u as materialized (
      select organization_id, token_id, to_timestamp(hour * 3600::float8) as hour, uses, nth
      from unnest(${keyArrays(tx, coming)}, ${plainArray(coming, ({ uses }) => uses)}::int[])
        with ordinality as k (organization_id, token_id, hour, uses, nth)
    )
    select nth::int from u where uses + ${ofHour(tx, 'usage_hours', tx`sum(count)`)} > ${VALUES_AT_MOST}::int`
  return new Set(rows.flatMap(({ nth }) => coming[nth - 1] ?? []))
}

/** Adds uses, the values of full hours one by one judged. Gives the hours of which some values may be `other` now. */
export async function addBounded<Hour extends ComingHour>(
  tx: TransactionSql,
  uses: CountedUses,
  full: ReadonlySet<Hour>,
): Promise<readonly Hour[]> {
  if (full.size === 0) {
    await addUses(tx, uses)
    return []
  }
  const byKey = new Map([...full].map((each) => [keyOf(each), each]))
  const part = (values: readonly CountedValue[]) => {
    const { judged = [], free = [] } = Object.groupBy(values, (each) => (byKey.has(keyOf(each)) ? 'judged' : 'free'))
    return { judged, free }
  }
  const [endpoints, resources] = [part(uses.endpoints), part(uses.resources)]
  const [addresses, userAgents] = [part(uses.addresses), part(uses.userAgents)]
  const free = { endpoints: endpoints.free, resources: resources.free }
  const [, ...crowded] = await Promise.all([
    addUses(tx, { ...uses, ...free, addresses: addresses.free, userAgents: userAgents.free }),
    addJudged(tx, 'usage_endpoints', endpoints.judged),
    addJudged(tx, 'usage_resources', resources.judged),
    addJudged(tx, 'usage_addresses', addresses.judged),
    addJudged(tx, 'usage_user_agents', userAgents.judged),
  ])
  return [...new Set(crowded.flat().flatMap((each) => byKey.get(keyOf(each)) ?? []))]
}

const keyOf = ({ tokenId, organizationId, hour }: UsageKey) => `${tokenId} ${hour} ${organizationId}`

// Which values there are already is asked only where they may be too many. Gives the hours where they are.
async function addJudged(
  tx: TransactionSql,
  table: 'usage_endpoints' | 'usage_resources' | 'usage_addresses' | 'usage_user_agents',
  values: readonly CountedValue[],
): Promise<readonly UsageKey[]> {
  if (values.length === 0) return []
  const withAgent = table === 'usage_addresses'
  return tx<UsageKey[]>`
    with use as materialized (${valueRows(tx, values)}),
    crowded as materialized (
      select organization_id, token_id, hour, ${VALUES_AT_MOST}::int - there as room
      from (
        select organization_id, token_id, hour, count(*) as coming,
          ${ofHour(tx, table, tx`count(*)`, tx`and t.value <> 'other'`)} as there
        from use u group by 1, 2, 3
      ) keys where there + coming > ${VALUES_AT_MOST}::int
    ), judged as (
      select u.*, c.room,
        u.value = 'other' or ${ofHour(tx, table, tx`count(*)`, tx`and t.value = u.value`)} > 0 as known
      from crowded c join use u on u.token_id = c.token_id and u.hour = c.hour
        and u.organization_id is not distinct from c.organization_id
    ), ranked as (
      select *, row_number() over (partition by organization_id, token_id, hour, known order by value) as place
      from judged
    ), bounded as (
      select organization_id, token_id, hour, value, active, refused, user_agent from use u
      where not exists (select from crowded c where u.token_id = c.token_id and u.hour = c.hour
        and u.organization_id is not distinct from c.organization_id)
      union all
      select organization_id, token_id, hour, case when known or place <= room then value else 'other' end, active,
        refused, case when known or place <= room then user_agent end
      from ranked
    ), added as (
      insert into ${tx(table)} as v (organization_id, token_id, hour, value, active, refused ${withAgent ? tx`, user_agent` : tx``})
      select organization_id, token_id, hour, value, sum(active), sum(refused) ${withAgent ? tx`, max(user_agent)` : tx``}
      from bounded group by 1, 2, 3, 4
      on conflict on constraint ${tx(`${table}_key`)} do update
      set active = v.active + excluded.active, refused = v.refused + excluded.refused
        ${withAgent ? tx`, user_agent = coalesce(excluded.user_agent, v.user_agent)` : tx``}
    )
    select token_id as "tokenId", organization_id as "organizationId", (extract(epoch from hour) / 3600)::int as hour
    from crowded`
}

// Two look-ups, the second for those without an organization alone: "is not distinct from" would use no index.
const ofHour = (tx: TransactionSql, table: string, what: PendingQuery<Row[]>, more = tx``) => tx`(
  (select coalesce(${what}, 0) from ${tx(table)} t
    where t.organization_id = u.organization_id and t.token_id = u.token_id and t.hour = u.hour ${more})
  + case when u.organization_id is null then (select coalesce(${what}, 0) from ${tx(table)} t
    where t.organization_id is null and t.token_id = u.token_id and t.hour = u.hour ${more}) else 0 end
)`
