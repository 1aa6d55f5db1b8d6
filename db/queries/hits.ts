import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client'

/**
 * What closing or suspending an organization hits, itself and all below it that is not closed: organizations below,
 * active tokens, those of them that no suspension stops already (`working`), and people. Leans on organizations_path, tokens_by_state and memberships_organization.
 */
export async function countClosingHits(db: Queryable, organizationId: string, now: Date) {
  const [row] = await db.execute<{ organizations: number; tokens: number; working: number; members: number }>(sql`
    with closing as materialized (
      select o.id, exists (select from organizations s where s.id = any(o.path) and s.suspended_at is not null) as stopped
      from organizations o where o.path @> array[${organizationId}]::uuid[] and o.closed_at is null
    ), active as materialized (
      select c.stopped from closing c join tokens t on t.organization_id = c.id
      where t.deleted_at is null and t.revoked_at is null
        and (t.expires_at is null or t.expires_at > ${now.toISOString()}::timestamptz))
    select (select count(*)::int - 1 from closing) as organizations,
      (select count(*)::int from active) as tokens,
      (select count(*)::int from active where not stopped) as working,
      (select count(distinct m.user_id)::int from closing c join memberships m on m.organization_id = c.id) as members`)
  if (row === undefined) throw new Error('a count gave no row')
  return row
}

/** What a change of tiers or scopes would do to the organizations compared; no token is revoked by it. */
export type TierHits = {
  /** Organizations that would have more active tokens than they may, and now have not; the first by name. */
  readonly over: number
  readonly overFirst: readonly {
    readonly slug: string
    readonly name: string
    readonly used: number
    readonly limit: number
  }[]
  /** Organizations for which another tier would hold. */
  readonly changed: number
  /** Scopes that would stop, each with the active organization and service tokens that carry it; the first by name. */
  readonly scopes: readonly (ScopeLoss & { readonly name: string })[]
}

/** Tokens that would lose a scope at once: how many, and the first by name, with where they are. */
export type ScopeLoss = {
  readonly tokens: number
  readonly first: readonly { readonly name: string; readonly organization: string }[]
}

type Compared = {
  /** Which organizations `o` it begins at; all below them follow. */
  readonly from: SQL
  /** The tier that holds above those; null: none, as under the platform. */
  readonly ceiling: { readonly rank: number; readonly tokenLimit: number } | null
  /** How many of each kind are told by name. */
  readonly named: number
  /** What would be otherwise: the tier of an organization `o`, the numbers of a tier `t`, the lowest tier of a scope `s`. */
  readonly tierOf?: SQL
  readonly rank?: SQL
  readonly tokenLimit?: SQL
  readonly lowestTier?: SQL
}

/**
 * What another tier would do to an organization and all below it. `ceiling` is the effective tier of its parent, null for
 * the platform.
 */
export const findTierHits = (
  db: Queryable,
  {
    organizationId,
    tierId,
    ceiling,
    now,
  }: {
    readonly organizationId: string
    readonly tierId: string
    readonly ceiling: Compared['ceiling']
    readonly now: Date
  },
): Promise<TierHits> =>
  compare(db, now, {
    from: sql`o.id = ${organizationId}`,
    ceiling,
    named: 3,
    tierOf: sql`case when o.id = ${organizationId} then ${tierId}::uuid else o.tier_id end`,
  })

/** What another rank and limit of a tier would do, everywhere. */
export const findTierEditHits = (
  db: Queryable,
  tier: { readonly id: string; readonly rank: number; readonly tokenLimit: number },
  now: Date,
): Promise<TierHits> =>
  compare(db, now, {
    ...EVERYWHERE,
    rank: sql`case when t.id = ${tier.id} then ${tier.rank}::int else t.rank end`,
    tokenLimit: sql`case when t.id = ${tier.id} then ${tier.tokenLimit}::int else t.token_limit end`,
  })

/** What another lowest tier of a scope would do, everywhere; `tierId` null: every tier would have it. */
export const findScopeEditHits = (
  db: Queryable,
  scope: { readonly name: string; readonly tierId: string | null },
  now: Date,
): Promise<TierHits> =>
  compare(db, now, {
    ...EVERYWHERE,
    lowestTier: sql`case when s.name = ${scope.name} then ${scope.tierId}::uuid else s.tier_id end`,
  })

/**
 * What removing a scope would do: every token that carries it loses it, whatever its status; of those the first by name
 * that are no person's own. It reads all tokens.
 */
export async function findScopeRemovalHits(db: Queryable, name: string): Promise<ScopeLoss> {
  const [row] = await db.execute<ScopeLoss>(sql`
    with carrying as materialized (
      select t.name, o.name as organization, t.name_key from tokens t left join organizations o on o.id = t.organization_id
      where t.deleted_at is null and t.scopes @> array[${name}])
    select (select count(*)::int from carrying) as tokens, coalesce((select json_agg(f) from (
      select name, organization from carrying where organization is not null
      order by name_key, organization limit ${NAMED}) f), '[]') as first`)
  if (row === undefined) throw new Error('a count gave no row')
  return row
}

// How many are told by name of what may be anywhere.
const NAMED = 10
const EVERYWHERE = {
  from: sql`o.parent_id = (select id from organizations where kind = 'platform')`,
  ceiling: null,
  named: NAMED,
}
const NO_RANK = 2_147_483_647

/**
 * Compares what holds now with what would, in organizations that are not closed. Each counts the lowest rank above it, and
 * at equal rank the nearest, as `effectiveTier` says. One statement, whatever it finds. Leans on organizations_parent and
 * tokens_by_state; of tokens it reads those of organizations that would get a lower limit or lose a scope.
 */
async function compare(db: Queryable, now: Date, then: Compared): Promise<TierHits> {
  const { rank, tokenLimit } = then.ceiling ?? { rank: NO_RANK, tokenLimit: NO_RANK }
  const active = sql`t.deleted_at is null and t.revoked_at is null
    and (t.expires_at is null or t.expires_at > ${now.toISOString()}::timestamptz)`
  const [row] = await db.execute<TierHits>(sql`
    with recursive new_tiers as materialized (
      select t.id, ${then.rank ?? sql`t.rank`} as rank, ${then.tokenLimit ?? sql`t.token_limit`} as token_limit from tiers t
    ), ranks as materialized (
      select s.name, coalesce(t.rank, 0) as rank, coalesce(n.rank, 0) as new_rank from scopes s
        left join tiers t on t.id = s.tier_id left join new_tiers n on n.id = ${then.lowestTier ?? sql`s.tier_id`}
    ), tree as (
      select o.id, o.slug, o.name, o.token_limit_override as override,
        case when t.rank <= ${rank} then t.id end as tier, least(t.rank, ${rank}) as rank,
        case when t.rank <= ${rank} then t.token_limit else ${tokenLimit} end as lim,
        case when n.rank <= ${rank} then n.id end as new_tier, least(n.rank, ${rank}) as new_rank,
        case when n.rank <= ${rank} then n.token_limit else ${tokenLimit} end as new_lim
      from organizations o join tiers t on t.id = o.tier_id join new_tiers n on n.id = ${then.tierOf ?? sql`o.tier_id`}
      where ${then.from} and o.closed_at is null
      union all
      select o.id, o.slug, o.name, o.token_limit_override,
        case when t.rank <= p.rank then t.id else p.tier end, least(t.rank, p.rank),
        case when t.rank <= p.rank then t.token_limit else p.lim end,
        case when n.rank <= p.new_rank then n.id else p.new_tier end, least(n.rank, p.new_rank),
        case when n.rank <= p.new_rank then n.token_limit else p.new_lim end
      from tree p join organizations o on o.parent_id = p.id and o.closed_at is null
        join tiers t on t.id = o.tier_id join new_tiers n on n.id = ${then.tierOf ?? sql`o.tier_id`}
    ), exceeding as materialized (
      select l.slug, l.name, u.used, l.new_lim as "limit" from tree l, lateral (
        select count(*)::int as used from tokens t where t.organization_id = l.id and ${active}) u
      where l.override is null and l.new_lim < l.lim and u.used > l.new_lim and u.used <= l.lim
    ), losing as materialized (
      select l.id, l.name as organization, r.name as scope from tree l
        join ranks r on r.rank <= l.rank and r.new_rank > l.new_rank
    ), lost as (
      select l.scope as name, count(*)::int as tokens,
        (array_agg(json_build_object('name', t.name, 'organization', l.organization)
          order by t.name_key, lower(l.organization), l.id))[1:${sql.raw(String(then.named))}] as first
      from losing l join tokens t on t.organization_id = l.id and l.scope = any(t.scopes) and ${active} group by l.scope
    )
    select (select count(*)::int from exceeding) as over,
      coalesce((select json_agg(e) from (select * from exceeding order by lower(name), slug limit ${then.named}) e), '[]')
        as "overFirst",
      (select count(*)::int from tree where tier is distinct from new_tier) as changed,
      coalesce((select json_agg(l order by l.name) from lost l), '[]') as scopes`)
  if (row === undefined) throw new Error('a comparison gave no row')
  return row
}
