import type { Sql } from 'postgres'

type Role = 'admin' | 'member' | 'viewer'

/** One organization of a lineage, as far as verification needs it. */
export type LineageLevel = {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly suspended: boolean
  readonly closed: boolean
  readonly tier: { readonly name: string; readonly rank: number } | null
}

/** A scope of the platform's own, and the rank of the lowest tier that has it; null: every tier has. */
export type DefinedScopeRow = { readonly name: string; readonly rank: number | null }

/** An organization with all above it, root first, and the scopes that the platform has defined. */
export type PlaceRow = {
  readonly lineage: LineageLevel[] | null
  readonly defined: DefinedScopeRow[] | null
}

/** A token as it stands, once for each organization that it counts in: its own, or each of its owner's memberships. */
export type TokenFactsRow = PlaceRow & {
  readonly id: string
  readonly kind: 'personal' | 'organization' | 'service'
  readonly name: string
  /** The user, organization or API user that it belongs to. */
  readonly subject: string
  readonly scopes: string[] | null
  readonly devices: string[] | null
  readonly ipRanges: string[]
  readonly expiresAt: Date | null
  readonly revoked: boolean
  readonly apiUserRole: Role | null
  readonly apiUserScopes: string[] | null
  readonly apiUserDevices: string[] | null
  readonly apiUserDisabled: boolean
  readonly currentDigest: Uint8Array | null
  readonly currentMintedAt: Date | null
  /** A reveal of it is not finished. */
  readonly currentOpen: boolean
  readonly retiringDigest: Uint8Array | null
  readonly retiringMintedAt: Date | null
  readonly retiringOpen: boolean
  readonly retiresAt: Date | null
  /** null for a personal token whose owner is a member nowhere; then there is no lineage either. */
  readonly memberRole: Role | null
  readonly memberDevices: string[] | null
}

/**
 * The one query of verification: all facts of a token, in one snapshot; empty where there is no such token or it is
 * deleted. Tenants don't narrow it: a token's id is all that a verifier is shown. It leans on the primary keys of
 * tokens, token_secrets (twice), service_accounts, memberships, organizations and tiers, and scans nothing but the scopes
 * that the platform has defined.
 */
export const findTokenFacts = (sql: Sql, id: string) => sql<TokenFactsRow[]>`
  select
    t.id, t.kind, t.name, t.owner_id as subject, t.scopes, t.devices, t.ip_ranges as "ipRanges",
    t.expires_at as "expiresAt", t.revoked_at is not null as revoked,
    s.role as "apiUserRole", s.scopes as "apiUserScopes", s.devices as "apiUserDevices",
    s.disabled_at is not null as "apiUserDisabled",
    c.digest as "currentDigest", c.minted_at as "currentMintedAt", c.reveal_open as "currentOpen",
    r.digest as "retiringDigest", r.minted_at as "retiringMintedAt", r.reveal_open as "retiringOpen",
    r.retires_at as "retiresAt",
    m.role as "memberRole", m.devices as "memberDevices", l.lineage, d.defined
  from tokens t
    left join token_secrets c on c.token_id = t.id and c.state = 'current'
    left join token_secrets r on r.token_id = t.id and r.state = 'retiring'
    left join service_accounts s on s.id = t.service_account_id
    left join memberships m on m.user_id = t.user_id
    left join organizations o on o.id = coalesce(t.organization_id, m.organization_id)
    left join lateral (${lineageOf(sql)}) l on true
    cross join (${definedScopes(sql)}) d
  where t.id = ${id} and t.deleted_at is null`

/** An organization by id; null where there is none. Leans on the primary key. */
export async function findPlaceById(sql: Sql, id: string): Promise<PlaceRow | null> {
  const [row] = await sql<PlaceRow[]>`
    select l.lineage, d.defined
    from organizations o cross join lateral (${lineageOf(sql)}) l cross join (${definedScopes(sql)}) d where o.id = ${id}`
  return row ?? null
}

/** The same by slug, closed organizations included. Leans on organizations_slug. */
export async function findPlaceBySlug(sql: Sql, slug: string): Promise<PlaceRow | null> {
  const [row] = await sql<PlaceRow[]>`
    select l.lineage, d.defined
    from organizations o cross join lateral (${lineageOf(sql)}) l cross join (${definedScopes(sql)}) d
    where o.slug = ${slug}`
  return row ?? null
}

const definedScopes = (sql: Sql) => sql`
  select json_agg(json_build_object('name', s.name, 'rank', p.rank)) as defined
  from scopes s left join tiers p on p.id = s.tier_id`

const lineageOf = (sql: Sql) => sql`
  select json_agg(json_build_object(
      'id', a.id, 'slug', a.slug, 'name', a.name,
      'suspended', a.suspended_at is not null, 'closed', a.closed_at is not null,
      'tier', case when p.id is not null then json_build_object('name', p.name, 'rank', p.rank) end
    ) order by cardinality(a.path)) as lineage
  from organizations a left join tiers p on p.id = a.tier_id
  where a.id = any(o.path)`
