import type { Sql } from 'postgres'
import { makeDays } from '#db/queries/usage-days'

/** The period that reports are measured over: 366 days from here hold rows in each hour. */
export const YEAR_FROM = '2026-01-01T00:00:00Z'

const NAMES = ['Default', 'Metering gateway', 'Warehouse sync', 'CI smoke tests', 'Grafana import']

/**
 * Gives an organization so many tokens and each of them a year of hourly rows: three outcomes, and 25 values of each kind
 * a day.
 */
export async function makeYear(sql: Sql, organizationId: string, tokens: number): Promise<void> {
  const made = await sql<{ id: string }[]>`
    insert into tokens (id, kind, organization_id, name, name_key, scopes, created_at, updated_at)
    select left(translate(encode(sha256(('year' || n)::bytea), 'base64'), '+/=', 'xyz'), 16), 'organization', ${organizationId},
      (${NAMES}::text[])[1 + n % 5] || case when n > 5 then ' ' || n else '' end, 'year ' || n, '{}', now(), now()
    from generate_series(1, ${tokens}::int) n returning id`
  const ids = made.map(({ id }) => id)
  for (const outcome of ['active', 'expired', 'insufficient_scope'])
    await sql`insert into usage_hours (organization_id, token_id, hour, outcome, count)
      select ${organizationId}, id, h, ${outcome}::outcome,
        1 + abs(hashtext(id || h::text)) % case when ${outcome} = 'active' then 900 else 20 end
      from unnest(${ids}::text[]) t (id), generate_series(${YEAR_FROM}::timestamptz, '2027-01-01 23:00Z', '1 hour') h
      on conflict do nothing`
  await makeDays(sql)
  for (const [table, value] of [
    ['usage_endpoints', '/v2/measurements/'],
    ['usage_resources', 'device:meter-'],
    ['usage_addresses', '203.0.113.'],
    ['usage_user_agents', 'gateway/2.'],
  ] as const)
    await sql`insert into ${sql(table)} (organization_id, token_id, hour, value, active, refused)
      select ${organizationId}, id, h, ${value} || n, 30 * n, n
      from unnest(${ids}::text[]) t (id), generate_series(${YEAR_FROM}::timestamptz, '2027-01-01 23:00Z', '1 day') h,
        generate_series(1, 25) n`
  await sql`vacuum analyze`
}
