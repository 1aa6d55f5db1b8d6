import { sql } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client'

/** Whether the large sample is there already: it comes whole or not at all. Leans on organizations_slug. */
export async function hasLargeDemo(db: Queryable): Promise<boolean> {
  const [row] = await db.execute<{ found: boolean }>(
    sql`select exists (select from organizations where slug = 'large-1') as found`,
  )
  return row?.found === true
}

/**
 * Adds so many organizations as children of those of the level before, numbered on; a level holds resellers, the last
 * one customers. Names and tiers repeat by number, so that every run makes the same.
 */
export async function insertLargeLevel(
  tx: Transaction,
  {
    parents,
    first,
    count,
    kind,
    now,
  }: {
    /** The numbers of the level before; null: the platform itself. */
    readonly parents: { readonly first: number; readonly count: number } | null
    readonly first: number
    readonly count: number
    readonly kind: 'reseller' | 'customer'
    readonly now: Date
  },
): Promise<void> {
  const parentSlug =
    parents === null
      ? sql`'platform'`
      : sql`'large-' || (${parents.first}::int + (n - ${first}::int) % ${parents.count}::int)`
  await tx.execute(sql`
    insert into organizations (kind, parent_id, slug, name, tier_id, suspended_at, created_at)
    select ${kind}::organization_kind, parent.id, 'large-' || n,
      (array['Aspen', 'Beech', 'Cypress', 'Elder', 'Fir', 'Ginkgo', 'Holly', 'Larch', 'Maple', 'Rowan'])[1 + n % 10] || ' ' ||
        (array['Energy', 'Foods', 'Grid', 'Logistics', 'Metals', 'Retail', 'Water'])[1 + n % 7] || ' ' || n,
      (select id from tiers where name = case when ${kind} = 'reseller' or n % 3 > 0 then 'Advanced' else 'Lite' end),
      case when n % 97 = 0 then ${at(now)} - interval '3 days' end,
      ${at(now)} - make_interval(hours => 300 + (n * 7919) % 20000)
    from generate_series(${first}::int, ${first + count - 1}::int) n
    join organizations parent on parent.slug = ${parentSlug}
    order by n`)
}

const at = (time: Date) => sql`${time.toISOString()}::timestamptz`

/**
 * Gives each of the large sample's organizations ten tokens: one `Default`, not revealed; of the others some in use, some
 * expired, some revoked. Digests are of nothing that anybody has: these tokens can't be used.
 */
export async function insertLargeTokens(tx: Transaction, now: Date): Promise<void> {
  await tx.execute(sql`
    insert into tokens (id, kind, organization_id, name, name_key, scopes, created_at, updated_at, revealed_at,
      expires_at, revoked_at, last_used_at)
    select left(md5(o.slug || '.' || n), 16), 'organization', o.id, kind.name, lower(kind.name), '{data:read,reports:read}',
      o.created_at, o.created_at, case when n > 0 then o.created_at end,
      case when n between 4 and 6 then ${at(now)} - make_interval(days => n) else ${at(now)} + make_interval(days => 30 + n) end,
      case when n > 6 or (n > 0 and tier.token_limit = 1) then ${at(now)} - make_interval(days => n) end,
      case when n > 0 and seed % 11 > 0 then ${at(now)} - make_interval(secs => (seed * 104729) % 2500000) end
    from (select *, substr(slug, 7)::bigint as number from organizations where slug like 'large-%') o
    join tiers tier on tier.id = o.tier_id
    cross join (select n, case n when 0 then 'Default' else (array['Metering', 'Billing export', 'Dashboard', 'Backup',
      'Importer', 'Mobile', 'Gateway', 'Archive', 'Reports'])[n] end as name from generate_series(0, 9) n) kind
    cross join lateral (select o.number * 10 + n as seed) seeded`)
  await tx.execute(sql`
    insert into token_secrets (token_id, state, prefix, digest, tail, minted_at, reveal_key_digest, reveal_until)
    select t.id, 'current', 'tok', sha256(uuid_send(gen_random_uuid())), right(t.id, 4), t.created_at,
      sha256(uuid_send(gen_random_uuid())), t.created_at
    from tokens t join organizations o on o.id = t.organization_id
    where o.slug like 'large-%' and t.revealed_at is not null`)
}

/** Gives each of them four people, an admin, two members and a viewer, who all share one password. */
export async function insertLargePeople(tx: Transaction, passwordHash: string): Promise<void> {
  await tx.execute(sql`
    with made as (
      insert into users (email, email_key, name, password_hash)
      select address, address, initcap(split_part(address, '@', 1)), ${passwordHash}
      from organizations o cross join unnest(array['admin', 'member-1', 'member-2', 'viewer']) who
      cross join lateral (select who || '@' || o.slug || '.example' as address) named
      where o.slug like 'large-%' returning id, email)
    insert into memberships (user_id, organization_id, role)
    select made.id, o.id, (regexp_replace(split_part(made.email, '@', 1), '-[0-9]$', ''))::role
    from made join organizations o on o.slug = split_part(split_part(made.email, '@', 2), '.', 1)`)
}

/** Tells PostgreSQL what is in the tables, which were filled behind its back. */
export async function analyzeLargeDemo(db: Queryable): Promise<void> {
  await db.execute(sql`analyze organizations, tokens, token_secrets, users, memberships`)
}
