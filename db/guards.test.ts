import { createHash } from 'node:crypto'
import type postgres from 'postgres'
import { beforeEach, expect, test } from 'vitest'
import { testDatabase } from '#db/testing/test-database'

let sql: postgres.Sql
let platform: string
let reseller: string
let customer: string
let tier: string

const NOW = new Date('2026-11-22T12:00:00Z')

beforeEach(async () => {
  sql = (await testDatabase()).sql
  tier = await idOf(sql`select id from tiers where name = 'Advanced'`)
  platform = await organization('platform', null, 'platform', null)
  reseller = await organization('reseller', platform, 'northwind')
  customer = await organization('customer', reseller, 'alder')
})

async function idOf(query: postgres.PendingQuery<postgres.Row[]>): Promise<string> {
  const [row] = await query
  return String(row?.['id'])
}

const organization = (kind: string, parent: string | null, slug: string, tierId: string | null = tier) =>
  idOf(
    sql`insert into organizations (kind, parent_id, slug, name, tier_id) values (${kind}, ${parent}, ${slug}, ${slug}, ${tierId}) returning id`,
  )

let made = 0
const tokenId = () => `t${String(made++).padStart(15, '0')}`

async function token(values: Record<string, unknown> = {}): Promise<string> {
  const row = {
    id: tokenId(),
    kind: 'organization',
    organization_id: customer,
    name: 'A',
    name_key: `a${made}`,
    scopes: ['data:read'],
    created_at: NOW,
    updated_at: NOW,
    ...values,
  }
  await sql`insert into tokens ${sql(row)}`
  return row.id
}

const secret = (token_id: string, values: Record<string, unknown> = {}) => {
  const row = {
    token_id,
    state: 'current',
    prefix: 'tok',
    digest: createHash('sha256').update(token_id).digest(),
    tail: 'x7Qf',
    minted_at: NOW,
    reveal_key_digest: createHash('sha256').update('key').digest(),
    reveal_until: NOW,
    ...values,
  }
  return sql`insert into token_secrets ${sql(row)}`
}

const user = () => idOf(sql`insert into users (email, email_key, name) values ('a@b.c', 'a@b.c', 'A') returning id`)
const apiUser = (place: string) =>
  idOf(
    sql`insert into service_accounts (organization_id, name, name_key, role, scopes) values (${place}, 'G', 'g', 'admin', '{}') returning id`,
  )

const refusedBy = (name: string) => expect.objectContaining({ constraint_name: name })

test('a second platform is refused', async () => {
  await expect(organization('platform', null, 'second', null)).rejects.toEqual(refusedBy('organizations_one_platform'))
})

test('an organization cannot be moved below its own descendant, nor anywhere else', async () => {
  await expect(sql`update organizations set parent_id = ${customer} where id = ${reseller}`).rejects.toThrow(
    'never moves',
  )
  await expect(sql`update organizations set parent_id = ${platform} where id = ${customer}`).rejects.toThrow(
    'never moves',
  )
})

test('an organization cannot be its own parent, alone or in a ring made by one statement', async () => {
  const [a, b] = [crypto.randomUUID(), crypto.randomUUID()]
  await expect(
    sql`insert into organizations (id, kind, parent_id, slug, name, tier_id) values (${a}, 'reseller', ${a}, 'a', 'a', ${tier})`,
  ).rejects.toThrow('parent of an organization must exist')
  await expect(
    sql`insert into organizations (id, kind, parent_id, slug, name, tier_id) values
      (${a}, 'reseller', ${b}, 'a', 'a', ${tier}), (${b}, 'reseller', ${a}, 'b', 'b', ${tier})`,
  ).rejects.toThrow('parent of an organization must exist')
})

test('the path runs from the platform to the organization and cannot be written over', async () => {
  const [row] = await sql`select path from organizations where id = ${customer}`
  expect(row?.['path']).toEqual([platform, reseller, customer])
  await expect(sql`update organizations set path = array[id] where id = ${customer}`).rejects.toThrow('never moves')
})

test('a customer has nothing below it, and resellers stand at most eight deep', async () => {
  await expect(organization('customer', customer, 'below')).rejects.toThrow('no organizations below')
  let parent = reseller
  for (let depth = 2; depth <= 8; depth++) parent = await organization('reseller', parent, `reseller-${depth}`)
  await expect(organization('reseller', parent, 'reseller-9')).rejects.toThrow('at most eight deep')
  await organization('customer', parent, 'deepest')
})

test('only the platform is without parent and without tier', async () => {
  await expect(organization('customer', null, 'orphan')).rejects.toEqual(refusedBy('organizations_platform_is_root'))
  await expect(organization('customer', reseller, 'tierless', null)).rejects.toEqual(
    refusedBy('organizations_platform_has_no_tier'),
  )
})

test('two tokens of one owner cannot bear the same name, until one is deleted', async () => {
  const first = await token({ name_key: 'default' })
  await expect(token({ name_key: 'default' })).rejects.toEqual(refusedBy('tokens_name'))
  await token({ name_key: 'default', organization_id: reseller })
  await sql`update tokens set deleted_at = now() where id = ${first}`
  await token({ name_key: 'default' })
})

test('a digest that is not 32 bytes is refused, and so is a short salt or key digest', async () => {
  const id = await token()
  const short = Buffer.alloc(31)
  await expect(secret(id, { digest: short })).rejects.toEqual(refusedBy('token_secrets_digest_length'))
  await expect(secret(id, { reveal_salt: short })).rejects.toEqual(refusedBy('token_secrets_salt_length'))
  await expect(secret(id, { reveal_key_digest: short })).rejects.toEqual(refusedBy('token_secrets_key_digest_length'))
})

test('a token has one current secret and at most one that retires', async () => {
  const id = await token()
  await secret(id)
  await expect(secret(id)).rejects.toEqual(refusedBy('token_secrets_token_id_state_pk'))
  await secret(id, { state: 'retiring', retires_at: NOW })
  await expect(secret(id, { state: 'retiring', retires_at: NOW })).rejects.toEqual(
    refusedBy('token_secrets_token_id_state_pk'),
  )
})

test('a kind without its owner, or with another kind’s, is refused', async () => {
  const personal = await user()
  const gateway = await apiUser(customer)
  const owners = { organization_id: null, user_id: null, service_account_id: null }
  const refused = [
    { kind: 'organization', ...owners },
    { kind: 'organization', ...owners, organization_id: customer, user_id: personal },
    { kind: 'personal', ...owners },
    { kind: 'personal', ...owners, user_id: personal, organization_id: customer },
    { kind: 'service', ...owners, organization_id: customer },
  ]
  for (const row of refused) {
    await expect(token(row)).rejects.toThrow(/tokens_kind_has_its_owner|owner_id/)
  }
  await token({ kind: 'personal', ...owners, user_id: personal, scopes: null })
  await token({ kind: 'service', ...owners, organization_id: customer, service_account_id: gateway })
})

test('a service token stands in its API user’s own organization', async () => {
  const gateway = await apiUser(reseller)
  await expect(token({ kind: 'service', service_account_id: gateway })).rejects.toEqual(
    refusedBy('tokens_service_account_in_organization'),
  )
})

test('a deleted token with a secret is refused, whichever comes first', async () => {
  const revealed = await token()
  await secret(revealed)
  await expect(sql`update tokens set deleted_at = now() where id = ${revealed}`).rejects.toEqual(
    refusedBy('token_secrets_of_live_token'),
  )
  const deleted = await token({ deleted_at: NOW })
  await expect(secret(deleted)).rejects.toEqual(refusedBy('token_secrets_of_live_token'))
  await expect(secret(deleted, { token_live: false })).rejects.toEqual(refusedBy('token_secrets_token_live'))
})

test('a deletion and a reveal at the same moment never leave a deleted token with a secret', async () => {
  for (let round = 0; round < 20; round++) {
    const id = await token()
    await Promise.allSettled([secret(id), sql`update tokens set deleted_at = now() where id = ${id}`])
    const [row] =
      await sql`select count(*)::int as both from tokens join token_secrets on token_id = id where id = ${id} and deleted_at is not null`
    expect(row?.['both']).toBe(0)
  }
})

test('the audit trail can only grow', async () => {
  await sql`insert into audit_events (at, action, actor_name, target_type, target_id, target_name) values (now(), 'token.created', 'a', 'token', 't', 'T')`
  await expect(sql`update audit_events set action = 'x'`).rejects.toThrow('only ever added to')
  await expect(sql`delete from audit_events`).rejects.toThrow('only ever added to')
  await expect(sql`truncate audit_events`).rejects.toThrow('only ever added to')
})

test('Lite and Advanced ship, and so do the platform’s ceilings', async () => {
  expect([...(await sql`select name, rank, token_limit, at_limit, metrics from tiers order by rank`)]).toEqual([
    { name: 'Lite', rank: 1, token_limit: 1, at_limit: 'refuse', metrics: 'basic' },
    { name: 'Advanced', rank: 2, token_limit: 5, at_limit: 'refuse', metrics: 'extended' },
  ])
  expect([...(await sql`select * from policy_ceilings`)]).toEqual([
    {
      only_row: true,
      reveal_policy: 'anytime',
      delete_policy: 'any',
      longest_lifetime_days: null,
      never_expiring_allowed: true,
    },
  ])
})
