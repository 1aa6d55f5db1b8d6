import { sql } from 'drizzle-orm'
import type { Queryable } from '#db/client'

/**
 * What closing an organization hits, itself and all below it that is not closed: organizations below, active tokens and
 * people. Leans on organizations_path, tokens_by_state and memberships_organization.
 */
export async function countClosingHits(db: Queryable, organizationId: string, now: Date) {
  const [row] = await db.execute<{ organizations: number; tokens: number; members: number }>(sql`
    with closing as materialized (
      select id from organizations where path @> array[${organizationId}]::uuid[] and closed_at is null)
    select (select count(*)::int - 1 from closing) as organizations,
      (select count(*)::int from closing c join tokens t on t.organization_id = c.id
        where t.deleted_at is null and t.revoked_at is null
          and (t.expires_at is null or t.expires_at > ${now.toISOString()}::timestamptz)) as tokens,
      (select count(distinct m.user_id)::int from closing c join memberships m on m.organization_id = c.id) as members`)
  if (row === undefined) throw new Error('a count gave no row')
  return row
}

/** What another tier for an organization would do, itself and below. */
export type TierHits = {
  /** Organizations that would have more active tokens than they may, and now have not; the first three by name. */
  readonly over: number
  readonly overFirst: readonly { readonly name: string; readonly used: number; readonly limit: number }[]
  /** Scopes that would stop, each with the active tokens that carry it, the first three by name. */
  readonly scopes: readonly { readonly name: string; readonly tokens: number; readonly first: readonly string[] }[]
}

/**
 * Compares the tier of now with another one, for an organization and all below it. `ceiling` is the effective rank of its
 * parent, null for the platform. Each organization counts the lowest rank above it, as `effectiveTier` says. Leans on
 * organizations_parent and tokens_by_state.
 */
export async function findTierHits(
  db: Queryable,
  {
    organizationId,
    tierId,
    ceiling,
    now,
  }: {
    readonly organizationId: string
    readonly tierId: string
    readonly ceiling: { readonly rank: number; readonly tokenLimit: number } | null
    readonly now: Date
  },
): Promise<TierHits> {
  const { rank, tokenLimit } = ceiling ?? { rank: 2_147_483_647, tokenLimit: 2_147_483_647 }
  const [row] = await db.execute<TierHits>(sql`
    with recursive tree as (
      select o.id, o.name, o.token_limit_override as override,
        least(t.rank, ${rank}) as rank, case when t.rank <= ${rank} then t.token_limit else ${tokenLimit} end as lim,
        least(n.rank, ${rank}) as new_rank, case when n.rank <= ${rank} then n.token_limit else ${tokenLimit} end as new_lim
      from organizations o join tiers t on t.id = o.tier_id join tiers n on n.id = ${tierId} where o.id = ${organizationId}
      union all
      select o.id, o.name, o.token_limit_override,
        least(t.rank, p.rank), case when t.rank <= p.rank then t.token_limit else p.lim end,
        least(t.rank, p.new_rank), case when t.rank <= p.new_rank then t.token_limit else p.new_lim end
      from tree p join organizations o on o.parent_id = p.id and o.closed_at is null join tiers t on t.id = o.tier_id
    ), lower as materialized (
      select * from tree where new_rank < rank or new_lim < lim
    ), active as materialized (
      select l.id, l.rank, l.new_rank, t.name, t.scopes from lower l join tokens t on t.organization_id = l.id
      where t.deleted_at is null and t.revoked_at is null
        and (t.expires_at is null or t.expires_at > ${now.toISOString()}::timestamptz)
    ), used as (select id, count(*)::int as used from active group by id), exceeding as (
      select l.name, u.used, coalesce(l.override, l.new_lim) as "limit" from lower l join used u on u.id = l.id
      where u.used > coalesce(l.override, l.new_lim) and u.used <= coalesce(l.override, l.lim)
    ), lost as (
      select s.name, count(*)::int as tokens, (array_agg(a.name order by lower(a.name)))[1:3] as first
      from active a join scopes s on s.name = any(a.scopes) join tiers st on st.id = s.tier_id
      where st.rank > a.new_rank and st.rank <= a.rank group by s.name
    )
    select (select count(*)::int from exceeding) as over,
      coalesce((select json_agg(e) from (select * from exceeding order by lower(name) limit 3) e), '[]') as "overFirst",
      coalesce((select json_agg(l order by l.name) from lost l), '[]') as scopes`)
  if (row === undefined) throw new Error('a comparison gave no row')
  return row
}
