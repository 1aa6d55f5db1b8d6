import { expect, test } from 'vitest'
import { NOON, openLedger, use } from '#lib/verification/testing/recorder'
import { openUsageRecorder } from '#lib/verification/usage-recorder'

test('only active sets the last use, the latest one, whatever order they come in; a first use is not forgotten for it', async () => {
  const { sql, ledger } = await openLedger()
  const [platform] =
    await sql`insert into organizations (kind, slug, name) values ('platform', 'platform', 'P') returning id`
  const tokenId = 'a'.repeat(16)
  const digest = Buffer.alloc(32, 7)
  await sql`insert into tokens (id, kind, organization_id, name, name_key, scopes, created_at, updated_at)
    values (${tokenId}, 'organization', ${platform?.['id']}, 'T', 't', '{}', now(), now())`
  await sql`insert into token_secrets (token_id, state, prefix, digest, tail, minted_at, reveal_key_digest, reveal_salt,
    reveal_until) values (${tokenId}, 'current', 'tok', ${digest}, 'tail', now(), ${digest}, ${digest}, now())`
  const recorder = openUsageRecorder(ledger)
  recorder.record(use({ at: NOON + 1, ip: '192.0.2.1', opened: digest }))
  recorder.record(use({ at: NOON + 3, ip: '192.0.2.3', userAgent: `\u0000${'x'.repeat(254)}😀` }))
  recorder.record(use({ at: NOON + 2, ip: '192.0.2.2' }))
  recorder.record(use({ at: NOON + 4, ip: '192.0.2.4', outcome: 'expired' }))
  await recorder.close()
  expect(
    await sql`select last_used_at, last_used_ip, last_used_user_agent, reveal_open from tokens t
    join token_secrets s on s.token_id = t.id`,
  ).toEqual([
    {
      ...{ last_used_at: new Date(NOON + 3), last_used_ip: '192.0.2.3', reveal_open: false },
      last_used_user_agent: ` ${'x'.repeat(254)}`,
    },
  ])
})
