import { expect, test } from 'vitest'
import { BACKED_UP_AT, backUp, openSql } from '#db/backup/testing'
import { digestOf, filledDatabase, tokenId } from '#db/testing/filled-database'
import { emptyDatabase } from '#db/testing/release'
import { testDatabase } from '#db/testing/test-database'
import { revocable } from '#lib/backup/restore'
import { RESTORED_AT, restoreAs } from '#lib/backup/testing'
import { describeOutlook } from '#lib/backup/words'

type Sql = Awaited<ReturnType<typeof filledDatabase>>['sql']

const at = (hour: number) => new Date(BACKED_UP_AT.getTime() + hour * 3_600_000)

/** A backup, and the database it was made from after a day on which much happened to its tokens. */
async function aDayLater() {
  const { url, sql } = await filledDatabase()
  const path = await backUp(url)
  await sql`update tokens set revoked_at = ${at(1)}, revoke_reason = 'Leaked', compromised = true where name = 'Alive'`
  await sql`delete from token_secrets where token_id in (${tokenId('Other')}, ${tokenId('Mine')})`
  await sql`update tokens set deleted_at = ${at(2)} where name in ('Other', 'Mine')`
  await mint(sql, 'Rotating', 3)
  await mint(sql, 'Unrevealed', 4)
  await sql`update tokens set revoke_reason = 'Changed' where name = 'Revoked'`
  return { url, sql, path }
}

async function mint(sql: Sql, name: string, hour: number): Promise<void> {
  await sql`delete from token_secrets where token_id = ${tokenId(name)}`
  await sql`insert into token_secrets (token_id, state, prefix, digest, tail, minted_at, reveal_key_digest, reveal_until)
    values (${tokenId(name)}, 'current', 'tok', ${digestOf(`${name} again`)}, 'abcd', ${at(hour)}, ${digestOf('key')}, ${at(hour)})`
}

const UNDONE = [
  { tokenId: tokenId('Alive'), what: 'revoked', at: at(1), name: 'Alive', owner: 'Alder' },
  { tokenId: tokenId('Mine'), what: 'deleted', at: at(2), name: null, owner: 'Owner@example.com' },
  { tokenId: tokenId('Other'), what: 'deleted', at: at(2), name: 'Other', owner: 'Alder' },
  { tokenId: tokenId('Rotating'), what: 'rotated', at: at(3), name: 'Rotating', owner: 'Alder' },
].map((each) => expect.objectContaining({ ...each, works: true }))

const revoked = (sql: Sql) =>
  sql`select name, revoked_at, compromised, revoke_reason from tokens where revoked_at is not null order by name`

test('a restore tells which revocations, deletions and rotations it makes undone, before it is decided', async () => {
  const { url, sql, path } = await aDayLater()
  const { shown } = await restoreAs(url, path, { replace: true, decision: 'stop' })
  expect(shown?.undone).toEqual(UNDONE)
  expect(shown?.since?.minted).toBe(2)
  expect(await revoked(sql)).toHaveLength(2)
})

test('into an empty database the old one tells, wherever it is', async () => {
  const { url, path } = await aDayLater()
  const { shown } = await restoreAs(await emptyDatabase(), path, { compareUrl: url })
  expect(shown?.undone).toEqual(UNDONE)
  expect(shown?.since?.minted).toBe(2)
})

test('without revoking again, what was revoked since works again', async () => {
  const { url, path, sql } = await aDayLater()
  await sql.end()
  const { restored } = await restoreAs(url, path, { replace: true })
  expect(restored?.revokedAgain).toBe(0)
  expect((await revoked(openSql(url))).map(({ name }) => name)).toEqual(['Revoked'])
})

test.each(['in its place', 'beside it'])(
  'what had been revoked, deleted or given another secret is revoked again, with the trail, in a restore %s',
  async (where) => {
    const { url, path, sql } = await aDayLater()
    await sql.end()
    const isBeside = where === 'beside it'
    const target = isBeside ? await emptyDatabase() : url
    const { restored } = await restoreAs(target, path, {
      ...(isBeside ? { compareUrl: url } : { replace: true }),
      decision: 'restore and revoke again',
    })
    expect(restored?.revokedAgain).toBe(4)
    const now = openSql(target)
    const deleted = 'Deleted on 2026-11-22 14:30 UTC, before a backup was restored'
    const rotated = 'Rotated on 2026-11-22 15:30 UTC, before a backup was restored'
    const leaked = 'Revoked on 2026-11-22 13:30 UTC, before a backup was restored: Leaked'
    expect([...(await revoked(now))]).toEqual([
      { name: 'Alive', revoked_at: RESTORED_AT, compromised: true, revoke_reason: leaked },
      { name: 'Mine', revoked_at: RESTORED_AT, compromised: false, revoke_reason: deleted },
      { name: 'Other', revoked_at: RESTORED_AT, compromised: false, revoke_reason: deleted },
      expect.objectContaining({ name: 'Revoked', compromised: true }),
      { name: 'Rotating', revoked_at: RESTORED_AT, compromised: false, revoke_reason: rotated },
    ])
    expect([
      ...(await now`select target_name, actor_name, details, organization_id is null as personal from audit_events
      where action = 'token.revoked' and at = ${RESTORED_AT} order by target_name`),
    ]).toEqual([
      { target_name: 'Alive', actor_name: 'Tokenry', details: { reason: leaked, leaked: true }, personal: false },
      { target_name: 'Mine', actor_name: 'Tokenry', details: { reason: deleted }, personal: true },
      { target_name: 'Other', actor_name: 'Tokenry', details: { reason: deleted }, personal: false },
      { target_name: 'Rotating', actor_name: 'Tokenry', details: { reason: rotated }, personal: false },
    ])
  },
)

test('a database of another installation is not compared with', async () => {
  const { path } = await aDayLater()
  const other = await testDatabase()
  await other.sql`insert into organizations (kind, slug, name) values ('platform', 'platform', 'Another')`
  expect((await restoreAs(other.url, path, { replace: true, decision: 'stop' })).shown?.since).toBeNull()
  const compared = restoreAs(await emptyDatabase(), path, { compareUrl: other.url })
  await expect(compared).rejects.toThrow('not of the installation that this backup was made from')
  const silent = restoreAs(await emptyDatabase(), path, { compareUrl: await emptyDatabase() })
  await expect(silent).rejects.toThrow('The database to compare with does not tell (relation "tokens" does not exist)')
})

test('only what is active with a secret in the backup is said to work again, and so many are revoked again as are offered', async () => {
  const { url, sql } = await filledDatabase()
  await sql`update tokens set expires_at = ${at(4)} where name = 'Other'`
  await sql`update tokens set expires_at = ${at(1_000)} where name = 'Alive'`
  const path = await backUp(url)
  await sql`delete from token_secrets where token_id in (${tokenId('Other')}, ${tokenId('Alive')})`
  await sql`update tokens set rotation_overlap_seconds = null, deleted_at = ${at(1)}
    where name in ('Revoked', 'Unrevealed', 'Other', 'Alive')`
  await sql.end()
  const { restored, shown } = await restoreAs(url, path, { replace: true, decision: 'restore and revoke again' })
  expect(shown?.undone?.map(({ name, works }) => ({ name, works }))).toEqual([
    { name: 'Alive', works: true },
    { name: 'Unrevealed', works: false },
  ])
  const text = describeOutlook(shown ?? expect.fail())
  expect(text).toMatch(
    /secrets of then work again:\n.* Alive, of Alder\n.*can be revealed again:\n.* Unrevealed, of Alder$/,
  )
  expect(restored?.revokedAgain).toBe(revocable(shown ?? expect.fail()).length)
  const now = openSql(url)
  const again = await now`select name from tokens where revoked_at = ${RESTORED_AT} order by name`
  expect(again.map(({ name }) => name)).toEqual(['Alive', 'Unrevealed'])
})

test.each([
  ['had ended by the restore is revoked again', RESTORED_AT, ['Alive']],
  ['still worked beside the new one is listed alone', new Date(RESTORED_AT.getTime() + 1), []],
])('a rotated token whose secret of then %s', async (_, retiresAt, again) => {
  const { url, sql } = await filledDatabase()
  const path = await backUp(url)
  await sql`update token_secrets set state = 'retiring', retires_at = ${retiresAt} where token_id = ${tokenId('Alive')}`
  await sql`insert into token_secrets (token_id, state, prefix, digest, tail, minted_at, reveal_key_digest, reveal_until)
    values (${tokenId('Alive')}, 'current', 'tok', ${digestOf('new')}, 'abcd', ${at(1)}, ${digestOf('key')}, ${at(1)})`
  await sql.end()
  const { shown } = await restoreAs(url, path, { replace: true, decision: 'restore and revoke again' })
  expect(shown?.undone?.map(({ name }) => name)).toEqual(['Alive'])
  expect(describeOutlook(shown ?? expect.fail()).includes('it is not revoked again')).toBe(again.length === 0)
  const revokedNow = await openSql(url)`select name from tokens where revoked_at = ${RESTORED_AT}`
  expect(revokedNow.map(({ name }) => name)).toEqual(again)
})

test('tokens whose expiry, scopes or ranges were narrowed since are told with what counts again, and no others', async () => {
  const { url, sql } = await filledDatabase()
  await sql`update tokens set expires_at = ${at(1_000)}, scopes = '{data:read,reports:read}' where name = 'Alive'`
  const path = await backUp(url)
  await sql`update tokens set expires_at = ${at(5)}, scopes = '{data:read,tokens:read}', ip_ranges = '{192.0.2.0/24}'
    where name = 'Alive'`
  await sql`update tokens set ip_ranges = '{203.0.113.7/32}' where name = 'Rotating'`
  await sql`update tokens set scopes = '{data:read}' where name = 'Mine'`
  await sql`update tokens set name = 'Renamed', expires_at = null, scopes = '{data:read,reports:read}' where name = 'Other'`
  await sql`update tokens set scopes = '{}', revoked_at = ${at(1)} where name = 'Service'`
  const expected = [
    'Tokens that were narrowed since, whose wider rights of then count again; edit them after the restore:',
    `  ${tokenId('Alive')}  Alive, of Alder: Expiration: ${at(5).toISOString()} → ${at(1_000).toISOString()}; ` +
      'Scopes: data:read tokens:read → data:read reports:read; Allowed IPs: 192.0.2.0/24 → any address',
    `  ${tokenId('Mine')}  a personal token, of Owner@example.com: Scopes: data:read → all of the owner's`,
    `  ${tokenId('Rotating')}  Rotating, of Alder: Allowed IPs: 203.0.113.7/32 → 203.0.113.0/24`,
  ].join('\n')
  const beside = await restoreAs(await emptyDatabase(), path, { compareUrl: url, decision: 'stop' })
  expect(describeOutlook(beside.shown ?? expect.fail())).toContain(`\n${expected}`)
  const inPlace = await restoreAs(url, path, { replace: true, decision: 'stop' })
  expect(inPlace.shown?.wider).toEqual(beside.shown?.wider)
  expect(inPlace.shown?.wider).toHaveLength(3)
})
