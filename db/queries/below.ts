import { type SQL, sql } from 'drizzle-orm'

/** An organization, with what of it reaches those below. `tier` null: the platform, which limits nothing. */
export type Root = {
  readonly id: string
  /** Its effective tier. */
  readonly tier: { readonly rank: number; readonly tokenLimit: number } | null
  readonly suspended: boolean
  readonly closed: boolean
}

// Above every rank that fits the column.
const NO_RANK = 2_147_483_647

/**
 * A common table `below` for `with recursive`: the organizations below the root, all or those directly below, with the
 * rank and the limit that hold for each. A lower ancestor's tier holds, and at equal rank the nearest: the same as
 * `effectiveTier` says for one. It walks down by organizations_parent.
 */
export function belowOf(root: Root, all: boolean): SQL {
  const { rank, tokenLimit } = root.tier ?? { rank: NO_RANK, tokenLimit: NO_RANK }
  return sql`below as (
    select o.id, o.name, o.slug, o.kind, o.created_at,
      least(t.rank, ${rank}) as rank,
      case when t.rank <= ${rank} then t.token_limit else ${tokenLimit} end as tier_limit,
      coalesce(o.token_limit_override, case when t.rank <= ${rank} then t.token_limit else ${tokenLimit} end) as token_limit,
      (o.suspended_at is not null or ${root.suspended}) as suspended,
      (o.closed_at is not null or ${root.closed}) as closed
    from organizations o join tiers t on t.id = o.tier_id where o.parent_id = ${root.id}
    union all
    select o.id, o.name, o.slug, o.kind, o.created_at,
      least(t.rank, b.rank),
      case when t.rank <= b.rank then t.token_limit else b.tier_limit end,
      coalesce(o.token_limit_override, case when t.rank <= b.rank then t.token_limit else b.tier_limit end),
      (o.suspended_at is not null or b.suspended),
      (o.closed_at is not null or b.closed)
    from below b join organizations o on o.parent_id = b.id join tiers t on t.id = o.tier_id where ${all}
  )`
}
