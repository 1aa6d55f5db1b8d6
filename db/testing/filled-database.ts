import { hash } from 'node:crypto'
import type { Sql } from 'postgres'
import { testDatabase } from '#db/testing/test-database'

const MADE = new Date('2026-11-01T08:00:00.123Z')

/** What COPY has to write in its own way. */
const AWKWARD = 'tab\t line\n\\. back\\slash "quote" \u001f é 漢 🪙'

export const digestOf = (text: string) => hash('sha256', text, 'buffer')

/**
 * A migrated database with rows in every table: the platform, reseller "Northwind", customer "Alder" and their people,
 * and in Alder the tokens `Alive` (revealed), `Other` (revealed), `Rotating` (two secrets, a rotation that waits, a
 * reveal that is open), `Unrevealed`, `Revoked` and `Gone` (deleted); `Mine` is personal. Ids are names, padded with 0.
 */
export async function filledDatabase() {
  const { url, sql } = await testDatabase()
  await fill(sql)
  return { url, sql }
}

export const tokenId = (name: string) => name.padEnd(16, '0')

export async function fill(sql: Sql): Promise<void> {
  const add = async (table: string, row: Record<string, unknown>): Promise<string> => {
    const [made] = await sql`insert into ${sql(table)} ${sql(row)} returning *`
    return String(made?.['id'])
  }
  const tier = await add('tiers', { name: 'Extra', rank: 3, token_limit: 50, at_limit: 'replace', metrics: 'extended' })
  // The children come first by their ids, and after the update below also in the table itself.
  const id = (digit: string) => `${digit.repeat(8)}-0000-4000-8000-000000000000`
  const platform = await add('organizations', { id: id('f'), kind: 'platform', slug: 'platform', name: 'Platform' })
  const northwind = await add('organizations', {
    ...{ id: id('9'), kind: 'reseller', parent_id: platform, slug: 'northwind', name: 'Northwind', tier_id: tier },
  })
  const alder = await add('organizations', {
    ...{ id: id('1'), kind: 'customer', parent_id: northwind, slug: 'alder', name: 'Alder', tier_id: tier },
    ...{ contact: AWKWARD, token_limit_override: 7, longest_lifetime_days: 90, suspended_at: MADE },
  })
  await add('scopes', { name: 'measurements:write', description: AWKWARD, tier_id: tier, created_at: MADE })
  await sql`update organizations set contact = 'admin@example.com' where id = ${platform}`
  const owner = await add('users', {
    ...{ email: 'Owner@example.com', email_key: 'owner@example.com', name: AWKWARD },
    ...{ password_hash: '$argon2id$x', last_organization_id: alder },
  })
  await add('memberships', { user_id: owner, organization_id: alder, role: 'admin' })
  await add('logins', { issuer: 'https://login.example.com', subject: 'o', user_id: owner, created_at: MADE })
  await add('invitations', {
    ...{ organization_id: alder, email: 'New@example.com', email_key: 'new@example.com', role: 'member' },
    ...{ devices: ['a,b'], invited_by: owner, created_at: MADE, approved_at: MADE, link_digest: digestOf('i') },
    ...{ expires_at: MADE },
  })
  await add('devices', { organization_id: alder, id: 'a.b', name: AWKWARD, name_key: 'a', created_at: MADE })
  const gateway = await add('service_accounts', {
    ...{ organization_id: platform, name: 'Gateway', name_key: 'gateway', role: 'admin', scopes: ['tokens:verify'] },
  })
  const token = (name: string, row: Record<string, unknown> = {}) =>
    add('tokens', {
      ...{ id: tokenId(name), kind: 'organization', organization_id: alder, name, name_key: name.toLowerCase() },
      ...{ scopes: ['data:read'], created_at: MADE, created_by: owner, updated_at: MADE, ...row },
    })
  const secret = (name: string, row: Record<string, unknown> = {}) =>
    add('token_secrets', {
      ...{ token_id: tokenId(name), state: 'current', prefix: 'tok', digest: digestOf(name), tail: 'x7Qf' },
      ...{ minted_at: MADE, minted_by: owner, reveal_key_digest: digestOf('key'), reveal_until: MADE, ...row },
    })
  for (const name of ['Alive', 'Other', 'Unrevealed']) await token(name)
  await token('Rotating', { rotation_overlap_seconds: 3600, devices: ['a,b', '"c"'], ip_ranges: ['203.0.113.0/24'] })
  await token('Revoked', { revoked_at: MADE, revoked_by: owner, revoke_reason: AWKWARD, compromised: true })
  await token('Gone', { deleted_at: MADE, deleted_by: owner })
  await token('Mine', { kind: 'personal', organization_id: null, user_id: owner, scopes: null })
  await token('Service', {
    kind: 'service',
    organization_id: platform,
    service_account_id: gateway,
    last_used_at: MADE,
  })
  for (const name of ['Alive', 'Other', 'Mine', 'Service']) await secret(name)
  await secret('Rotating', { reveal_salt: digestOf('salt') })
  await secret('Rotating', { state: 'retiring', digest: digestOf('Retiring'), retires_at: MADE })
  for (const action of ['token.created', 'token.revealed'])
    await add('audit_events', {
      ...{ at: MADE, action, organization_id: alder, actor_user_id: owner, actor_name: 'owner@example.com' },
      ...{ target_type: 'token', target_id: tokenId('Alive'), target_name: 'Alive', details: { reason: AWKWARD } },
    })
  await add('sessions', { user_id: owner, created_at: MADE, last_seen_at: MADE, confirmed_at: MADE })
  await add('one_time_links', { digest: digestOf('l'), purpose: 'setup', created_at: MADE, expires_at: MADE })
  await add('password_failures', { key: digestOf('k'), count: 3, ends_at: MADE })
  await add('used_journeys', { key: digestOf('j'), ends_at: MADE })
  const hour = { token_id: tokenId('Alive'), hour: new Date('2026-11-01T08:00:00Z') }
  await add('usage_hours', { ...hour, organization_id: alder, outcome: 'active', count: 3 })
  await add('usage_hours', { ...hour, token_id: tokenId('Mine'), outcome: 'organization_required', count: 1 })
  const hours = Array.from({ length: 24 }, (_, each) => (each === 8 ? 3 : 0))
  await add('usage_days', { organization_id: alder, day: '2026-11-01', outcome: 'active', count: 3, hours })
  await add('usage_groups', {
    organization_id: alder,
    day: '2026-11-01',
    group_by: 'ip',
    value: AWKWARD,
    active: 3,
    refused: 1,
  })
  await add('usage_weeks', { organization_id: alder, week: '2026-10-26', requests: 3, refused: 0 })
  for (const table of ['usage_endpoints', 'usage_resources', 'usage_user_agents'])
    await add(table, { ...hour, organization_id: alder, value: AWKWARD, active: 3, refused: 1 })
  await add('usage_addresses', {
    ...{ ...hour, organization_id: alder, value: '203.0.113.7', active: 3, refused: 1, user_agent: AWKWARD },
  })
  const verifier = await add('verifiers', { id: id('a'), name: 'desk' })
  const revocation = await add('revocations', { token_id: tokenId('Revoked'), at: MADE })
  await add('revocation_acknowledgements', {
    ...{ revocation_id: revocation, verifier_id: verifier, verifier_name: 'desk', at: MADE },
  })
  const report = await add('reports', {
    ...{ organization_id: alder, requested_by: owner, format: 'csv', since: hour.hour, until: MADE },
    ...{ time_zone: 'Europe/Berlin', state: 'done', bytes: 3, created_at: MADE, finished_at: MADE },
  })
  await add('report_parts', { report_id: report, nth: 0, bytes: Buffer.from('csv') })
  await add('idempotency_keys', {
    ...{ token_id: tokenId('Alive'), route: 'POST /api/v1/tokens', key_digest: digestOf('i') },
    ...{ request_digest: digestOf('r'), status: 201, answer: { name: AWKWARD }, created_at: MADE },
  })
}
