import type { Sql } from 'postgres'

/**
 * Fills a new customer of Northwind without a limit with so many tokens, as years of use would leave them: most
 * revealed and used, some expired or revoked, names alike; gives its slug.
 */
export async function makeManyTokens(sql: Sql, count: number): Promise<{ slug: string; organizationId: string }> {
  const [organization] = await sql<{ id: string }[]>`
    insert into organizations (kind, parent_id, slug, name, tier_id, token_limit_override)
    select 'customer', id, 'bench', 'Bench', tier_id, ${count * 2} from organizations where slug = 'northwind'
    returning id`
  if (organization === undefined) throw new Error('the sample data have no Northwind')
  await sql`
    insert into tokens (id, kind, organization_id, name, name_key, scopes, created_at, updated_at, expires_at,
      revoked_at, revealed_at, last_used_at, last_used_ip)
    select lpad(n::text, 16, 't'), 'organization', ${organization.id},
      initcap(noun) || ' ' || n, noun || ' ' || n, '{data:read,reports:read}', made, made,
      case when n % 5 <> 0 then made + make_interval(days => 30 + (n * 7) % 700) end,
      case when n % 9 = 0 then now() - make_interval(mins => n % 400000) end,
      case when n % 50 <> 0 then made end, case when n % 4 <> 0 and n % 50 <> 0 then now() - make_interval(secs => (n::bigint * 7919) % 30000000) end, '203.0.113.24'
    from (select n, now() - make_interval(secs => (n::bigint * 104729) % 60000000) as made,
        (array['billing', 'metering', 'gateway', 'export', 'dashboard', 'backup', 'importer', 'mobile'])[1 + n % 8] as noun
      from generate_series(1, ${count}::int) n) numbered`
  await sql`
    insert into token_secrets (token_id, state, prefix, digest, tail, minted_at, reveal_key_digest, reveal_until)
    select id, 'current', 'tok', sha256(id::bytea), right(id, 4), created_at, sha256(name::bytea), created_at
    from tokens where organization_id = ${organization.id} and revealed_at is not null`
  await sql`vacuum analyze`
  return { slug: 'bench', organizationId: organization.id }
}
