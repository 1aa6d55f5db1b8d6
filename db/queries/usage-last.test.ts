import { randomBytes } from 'node:crypto'
import type { Sql } from 'postgres'
import { expect, test } from 'vitest'
import { recordUses, type UseRow } from '#db/queries/usage-last'
import { testDatabase } from '#db/testing/test-database'

const use = (tokenId: string, at: number, more: Partial<UseRow> = {}): UseRow => ({
  tokenId,
  at,
  ip: null,
  userAgent: null,
  opened: null,
  ...more,
})

async function addTokens(sql: Sql, count: number): Promise<string[]> {
  const [platform] =
    await sql`insert into organizations (kind, slug, name) values ('platform', 'platform', 'P') returning id`
  const ids = Array.from({ length: count }, (_, index) => `${index}`.padStart(16, '0'))
  await sql`insert into tokens (id, kind, organization_id, name, name_key, scopes, created_at, updated_at)
    select id, 'organization', ${platform?.['id']}, id, id, '{}', now(), now() from unnest(${ids}::text[]) id`
  return ids
}

const addSecret = async (sql: Sql, tokenId: string, state: 'current' | 'retiring') => {
  const digest = randomBytes(32)
  await sql`insert into token_secrets (token_id, state, prefix, digest, tail, minted_at, retires_at, reveal_key_digest, reveal_salt, reveal_until)
    values (${tokenId}, ${state}, 'tok', ${digest}, 'tail', now(), ${state === 'retiring' ? new Date() : null}, ${digest}, ${digest}, now())`
  return digest
}

test('a later use wins, whichever is written last', async () => {
  const { sql } = await testDatabase()
  const [id = ''] = await addTokens(sql, 1)
  await recordUses(sql, [use(id, 2_000, { ip: '192.0.2.1', userAgent: 'a "quoted", \\ {braced} agent' })])
  await recordUses(sql, [use(id, 1_000, { ip: '192.0.2.2' })])
  const [row] = await sql`select last_used_at, last_used_ip, last_used_user_agent from tokens`
  expect(row).toEqual({
    last_used_at: new Date(2_000),
    last_used_ip: '192.0.2.1',
    last_used_user_agent: 'a "quoted", \\ {braced} agent',
  })
})

test('a first use ends the reveal of the secret that was used and of no other, however late it is written', async () => {
  const { sql } = await testDatabase()
  const [id = ''] = await addTokens(sql, 1)
  const retiring = await addSecret(sql, id, 'retiring')
  await addSecret(sql, id, 'current')
  await recordUses(sql, [use(id, 2_000)])
  await recordUses(sql, [use(id, 1_000, { opened: retiring })])
  expect(await sql`select state from token_secrets where reveal_salt is not null`).toEqual([{ state: 'current' }])
})

test('a deleted token keeps its last use as it was, and an unknown one is passed over', async () => {
  const { sql } = await testDatabase()
  const [id = ''] = await addTokens(sql, 1)
  await sql`update tokens set deleted_at = now()`
  await recordUses(sql, [use(id, Date.now()), use('f'.repeat(16), Date.now())])
  expect(await sql`select last_used_at from tokens`).toEqual([{ last_used_at: null }])
})

test('writers of the same tokens in any order never end in a deadlock', async () => {
  const { sql } = await testDatabase()
  const ids = await addTokens(sql, 300)
  const rounds = Array.from({ length: 12 }, (_, round) => {
    const order = round % 2 === 0 ? ids : ids.toReversed()
    return recordUses(
      sql,
      order.map((id) => use(id, round)),
    )
  })
  expect((await Promise.allSettled(rounds)).filter(({ status }) => status === 'rejected')).toEqual([])
})
