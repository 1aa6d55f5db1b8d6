import postgres from 'postgres'
import { expect, onTestFinished, test } from 'vitest'
import { filledDatabase } from '#db/testing/filled-database'
import { findVerifierRole, VERIFIER_ROLE } from '#db/verifier-role'

const DENIED = '42501'

test('a verifier may read no secret, no person and no trail, and change nothing but what it notes and revokes', async () => {
  const { url } = await filledDatabase()
  expect(await findVerifierRole(url)).toBe(VERIFIER_ROLE)
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { role: VERIFIER_ROLE } })
  onTestFinished(() => sql.end())
  for (const text of [
    'select * from token_secrets',
    'select sealed from token_secrets',
    'select reveal_salt from token_secrets',
    'select reveal_key_digest from token_secrets',
    'select * from users',
    'select * from sessions',
    'select * from logins',
    'select * from invitations',
    'select * from one_time_links',
    'select contact from organizations',
    'select * from audit_events',
    "update tokens set scopes = '{tokens:write}'",
    'update tokens set expires_at = null',
    'update tokens set deleted_at = now()',
    "update tokens set ip_ranges = '{}'",
    'delete from tokens',
    "insert into tokens (id) values ('x')",
    "update token_secrets set digest = sha256('x')",
    "insert into token_secrets (token_id) values ('x')",
    'delete from token_secrets',
    "update service_accounts set role = 'admin'",
    "update memberships set role = 'admin'",
    "insert into memberships (user_id, organization_id, role) values (gen_random_uuid(), gen_random_uuid(), 'admin')",
    'update organizations set suspended_at = null',
    'update tiers set rank = 9',
    'delete from scopes',
    'delete from audit_events',
    "update audit_events set actor_name = 'x'",
    'delete from usage_hours',
    'delete from revocations',
    'delete from revocation_acknowledgements',
    'update tokens set revoked_at = null',
    'update tokens set compromised = false where compromised',
    "update tokens set revoke_reason = 'another' where revoked_at is not null",
    "update token_secrets set retires_at = '2099-01-01' where state = 'retiring'",
    "update token_secrets set reveal_salt = sha256('x') where state = 'current'",
    'create table mine (id int)',
    'truncate verifiers',
  ])
    await expect(sql.unsafe(text), text).rejects.toMatchObject({ code: DENIED })
  for (const text of [
    'select id, digest is not null from tokens join token_secrets on token_id = id',
    'update tokens set last_used_at = now()',
    'update token_secrets set reveal_salt = null',
    "update token_secrets set retires_at = retires_at - interval '1 hour' where state = 'retiring'",
    'update tokens set revoked_at = now(), compromised = true where revoked_at is null',
    "insert into verifiers (id, name) values (gen_random_uuid(), 'x')",
  ])
    await sql.unsafe(text)
})
