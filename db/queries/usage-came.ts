import { type SQL, sql } from 'drizzle-orm'
import { rowsOfTokens, type UsageHome } from '#db/queries/usage-places'

type Times = { readonly from: Date; readonly to: Date }

/** What of an organization's usage is asked for. */
export type UsageOf = Times & { readonly organizationId: string }
/** What of one token's usage is, wherever it came; of a token that does not live in `home` there is none. */
export type UsageOfToken = Times & { readonly home: UsageHome; readonly tokenId: string }

/** What usage of an organization is told by; of one token, by its outcome at most. */
export type UsageGrouping = keyof typeof HOURS_OF | OutcomeAtMost
export type OutcomeAtMost = 'outcome' | null

export type UsageCount = { readonly requests: number; readonly active: number; readonly refused: number }

const ACTIVE = sql`case when outcome = 'active' then count else 0 end as active`
const REFUSED = sql`case when outcome = 'active' then 0 else count end as refused`
const valuesOf = (table: string) => ({ table, columns: sql`value, active, refused` })

/** Where the hours of each grouping lie, and what of them is its value, with what came of it. */
export const HOURS_OF = {
  token: { table: 'usage_hours', columns: sql`token_id as value, ${ACTIVE}, ${REFUSED}` },
  endpoint: valuesOf('usage_endpoints'),
  resource: valuesOf('usage_resources'),
  ip: valuesOf('usage_addresses'),
  userAgent: valuesOf('usage_user_agents'),
} as const

/** An instant, as SQL. */
export const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`

/**
 * What came, as `hour`, `group`, `active` and `refused`, from one instant on until before another. What nothing but the
 * outcome is asked of leans on usage_days' primary key; all else on the first columns of the hours' unique keys.
 */
export function came(of: UsageOf, groupBy: UsageGrouping): SQL {
  const { organizationId, from, to } = of
  if (groupBy === null || groupBy === 'outcome') return cameByDays(of, groupBy)
  const { table, columns } = HOURS_OF[groupBy]
  const rows = sql`select hour, ${columns} from ${sql.identifier(table)}
    where organization_id = ${organizationId} and hour >= ${instant(from)} and hour < ${instant(to)}`
  if (groupBy !== 'token') return sql`select hour, value collate "C" as "group", active, refused from (${rows}) h`
  return sql`select hour, ${tokenGroup(organizationId)} as "group", active, refused
    from (select hour, value, sum(active) as active, sum(refused) as refused from (${rows}) r group by 1, 2) h
    join tokens t on t.id = h.value`
}

/** As which group a token `t` is told to an organization: what others' are called and how each came is not its to see. */
export const tokenGroup = (organizationId: string) => sql`case when t.organization_id = ${organizationId} then t.id
  when t.user_id is not null then 'personal' else 'above' end collate "C"`

/** What came of one token, in the same form. Leans on usage_hours_key. */
export const cameOfToken = ({ home, tokenId, from, to }: UsageOfToken, groupBy: OutcomeAtMost): SQL => sql`
  select hour, ${groupOf(groupBy)} as "group", ${ACTIVE}, ${REFUSED}
  from (${rowsOfTokens('usage_hours', { home, tokenIds: [tokenId], since: from })}) h where hour < ${instant(to)}`

/** What came of all tokens together, from the hours that each day keeps. */
export function cameByDays({ organizationId, from, to }: UsageOf, groupBy: OutcomeAtMost): SQL {
  const day = (at: Date) => sql`(${instant(at)} at time zone 'UTC')::date`
  return sql`select hour, ${groupOf(groupBy)} as "group", ${ACTIVE}, ${REFUSED}
    from (select (day + make_interval(hours => nth::int - 1)) at time zone 'UTC' as hour, outcome, h.count
      from usage_days, unnest(hours) with ordinality h (count, nth)
      where organization_id = ${organizationId} and day >= ${day(from)} and day <= ${day(to)} and h.count > 0) hours
    where hour >= ${instant(from)} and hour < ${instant(to)}`
}

const groupOf = (groupBy: OutcomeAtMost) => (groupBy === null ? sql`null` : sql`outcome::text collate "C"`)
