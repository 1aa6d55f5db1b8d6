import { readFile, writeFile } from 'node:fs/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test, vi } from 'vitest'
import { backUp, copies, forge, newFile, openSql } from '#db/backup/testing'
import { openDatabase } from '#db/client'
import { filledDatabase, tokenId } from '#db/testing/filled-database'
import { emptyDatabase, releaseDatabase } from '#db/testing/release'
import { testDatabase } from '#db/testing/test-database'
import { openVerificationDatabase } from '#db/verification-client'
import { restore } from '#lib/backup/restore'
import { restoreAs } from '#lib/backup/testing'

// Each makes databases, and other tests keep the machine busy.
vi.setConfig({ testTimeout: 60_000 })

const NOT_KEPT = [
  'sessions',
  'one_time_links',
  'password_failures',
  'used_journeys',
  'verifiers',
  'revocations',
  'revocation_acknowledgements',
  'reports',
  'report_parts',
  'idempotency_keys',
]

test('nothing is lost between backup and restore but what is left out on purpose', async () => {
  const { url, sql } = await filledDatabase()
  expect([...(await copies(sql))].filter(([, rows]) => rows.length === 0)).toEqual([])
  const empty = await emptyDatabase()
  await restoreAs(empty, await backUp(url))
  const restored = openSql(empty)
  for (const table of NOT_KEPT) expect(await restored`select * from ${restored(table)}`).toHaveLength(0)
  const [event] = await restored`select * from audit_events order by id desc limit 1`
  expect(event).toMatchObject({ action: 'backup.restored', actor_user_id: null, target_name: 'Platform' })
  await restored`alter table audit_events disable trigger all`
  await restored`delete from audit_events where action = 'backup.restored'`
  // What is left out of the secrets.
  await sql`update token_secrets set reveal_salt = null`
  expect(await copies(restored, NOT_KEPT)).toEqual(await copies(sql, NOT_KEPT))
})

test('after a restore the guards stand, and numbers go on behind those that were given', async () => {
  const { url, sql } = await filledDatabase()
  const empty = await emptyDatabase()
  await restoreAs(empty, await backUp(url))
  const restored = openSql(empty)
  await expect(restored`delete from audit_events`).rejects.toThrow('only ever added to')
  await expect(restored`update organizations set parent_id = null where slug = 'alder'`).rejects.toThrow('never moves')
  await expect(restored`update tokens set deleted_at = now() where name = 'Alive'`).rejects.toThrow(
    'token_secrets_of_live_token',
  )
  const [paths] = await restored`select array_agg(cardinality(path) order by slug) as depths from organizations`
  expect(paths?.['depths']).toEqual([3, 2, 1])
  const [last] = await sql`select max(id) as id from audit_events`
  const [restoring] = await restored`select max(id) as id from audit_events`
  expect(Number(restoring?.['id'])).toBe(Number(last?.['id']) + 1)
  const triggersOf = (of: typeof sql) => of`select tgname from pg_trigger where not tgisinternal order by 1`
  const triggers = await triggersOf(restored)
  expect(triggers.length).toBeGreaterThanOrEqual(20)
  expect([...triggers]).toEqual([...(await triggersOf(sql))])
})

test('a file that was cut off anywhere is refused, and nothing is touched', async () => {
  const path = await backUp((await filledDatabase()).url)
  const whole = await readFile(path)
  const empty = await emptyDatabase()
  const torn = await newFile()
  for (const share of [0, 0.01, 0.3, 0.6, 0.95]) {
    await writeFile(torn, whole.subarray(0, Math.floor(whole.length * share)))
    await expect(restoreAs(empty, torn)).rejects.toThrow('torn or altered')
  }
  const text = gunzipSync(whole).toString()
  for (const length of [text.length - 10, text.lastIndexOf('{"rows"'), text.indexOf('{"table":"tokens"')]) {
    await writeFile(torn, gzipSync(text.slice(0, length)))
    await expect(restoreAs(empty, torn)).rejects.toThrow('torn or altered')
  }
  expect(await copies(openSql(empty))).toEqual(new Map())
})

test('a file that was altered is refused, and so is what is no backup', async () => {
  const path = await backUp((await filledDatabase()).url)
  const text = gunzipSync(await readFile(path)).toString()
  const empty = await emptyDatabase()
  const altered = await newFile()
  const alterations = [
    text.replace('\tAlder\t', '\tAlter\t'),
    text.replace(/^.*\tAlive\talive\t.*\n/m, ''),
    `${text}more\n`,
    `${text}${text}`,
  ]
  for (const each of alterations) {
    expect(each).not.toBe(text)
    await writeFile(altered, gzipSync(each))
    await expect(restoreAs(empty, altered)).rejects.toThrow('torn or altered')
  }
  for (const other of ['not packed', gzipSync('something else\n'), gzipSync('{"tokenry":"other"}\n')]) {
    await writeFile(altered, other)
    await expect(restoreAs(empty, altered)).rejects.toThrow('is not a backup of Tokenry')
  }
  await expect(restoreAs(empty, `${altered}.none`)).rejects.toThrow('cannot be read (ENOENT)')
})

test('rows that PostgreSQL refuses leave the old data as it was, told in one sentence', async () => {
  const { url, sql } = await filledDatabase()
  const path = await backUp(url)
  const before = await copies(sql)
  await sql.end()
  const id = tokenId('Alive')
  const forgeries: [(text: string) => string, RegExp][] = [
    // Found at the end of a COPY, after all rows were sent.
    [(text) => text.replace(new RegExp(`^${id}\tt\t`, 'm'), `${'0'.repeat(16)}\tt\t`), /token_secrets_of_live_token/],
    // Found at its row.
    [(text) => text.replace(/\tadmin\t/, '\temperor\t'), /emperor/],
    [(text) => text.replace('{"table":"memberships"', '{"table":"pg_authid"'), /knows no table/],
    [(text) => text.replace('"name_key"', '"name_of_key"'), /name_of_key/],
  ]
  for (const [change, reason] of forgeries)
    await expect(restoreAs(url, await forge(path, change), { replace: true })).rejects.toThrow(reason)
  expect(await copies(openSql(url))).toEqual(before)
})

test('what a database holds is replaced only if that is asked for, and only once it is decided', async () => {
  const { url: other, sql } = await filledDatabase()
  const path = await backUp(other)
  const { url, sql: full } = await filledDatabase()
  await full`update organizations set name = 'What was here' where kind = 'platform'`
  const before = await copies(full)
  await full.end()
  await expect(restoreAs(url, path)).rejects.toThrow('holds 3 organizations, 1 users and 8 tokens')
  const stopped = await restoreAs(url, path, { replace: true, decision: 'stop' })
  expect(stopped.restored).toBeNull()
  expect(stopped.shown?.holds).toEqual({ organizations: 3, users: 1, tokens: 8 })
  expect(await copies(openSql(url))).toEqual(before)
  await restoreAs(url, path, { replace: true })
  expect((await copies(openSql(url))).get('organizations')).toEqual((await copies(sql)).get('organizations'))
})

test('a database that a first start has made is as good as empty', async () => {
  const path = await backUp((await filledDatabase()).url)
  const { url } = await testDatabase()
  expect((await restoreAs(url, path)).restored).toMatchObject({ holds: null, since: null })
})

test('a database that somebody else uses too is refused, and their tables stay', async () => {
  const path = await backUp((await filledDatabase()).url)
  const { url, sql } = await testDatabase()
  await sql`create table theirs as select 7 as number`
  await expect(restoreAs(url, path, { replace: true })).rejects.toThrow("tables that are not this Tokenry's (theirs)")
  expect(await sql`select number from theirs`).toHaveLength(1)
})

test.each([
  [
    'desk',
    async (url: string) => {
      const db = openDatabase(url, { connections: 1 })
      await db.execute('select 1')
      return () => db.close()
    },
  ],
  [
    'verifier',
    async (url: string) => {
      const database = openVerificationDatabase(url, { connections: 1 })
      await database.ask((sql) => sql`select 1`)
      return () => database.close()
    },
  ],
])('a database that a %s is using is refused, also when it comes while the backup is loaded', async (_, connect) => {
  const path = await backUp((await filledDatabase()).url)
  const url = await emptyDatabase()
  const leave = await connect(url)
  await expect(restoreAs(url, path)).rejects.toThrow('A server is using this database')
  await leave()
  let late = async () => {}
  const restoring = restore(url, {
    path,
    now: new Date(),
    replace: false,
    decide: async () => {
      late = await connect(url)
      return 'restore'
    },
  })
  await expect(restoring).rejects.toThrow('A server is using this database')
  await late()
  expect((await restoreAs(url, path)).restored).not.toBeNull()
})

test('a backup by a newer Tokenry, or one with other migrations, is refused', async () => {
  const path = await backUp((await filledDatabase()).url)
  const empty = await emptyDatabase()
  const change = (edit: (head: { format: number; migrations: object[] }) => void) =>
    forge(path, (text) => {
      const end = text.indexOf('\n')
      const head = JSON.parse(text.slice(0, end))
      edit(head)
      return JSON.stringify(head) + text.slice(end)
    })
  const newer = await change((head) => head.migrations.push({ hash: 'later', createdAt: 9_999_999_999_999 }))
  await expect(restoreAs(empty, newer)).rejects.toThrow('made by a newer Tokenry (0.1.0)')
  const format = await change((head) => {
    head.format = 2
  })
  await expect(restoreAs(empty, format)).rejects.toThrow('made by a newer Tokenry')
  const other = await change((head) => {
    head.migrations[0] = { hash: 'other', createdAt: 1 }
  })
  await expect(restoreAs(empty, other)).rejects.toThrow('other migrations')
})

test('a backup of the first release is restored and brought up to date', async () => {
  const release = await releaseDatabase('0.1.0')
  const path = await backUp(release.url)
  const empty = await emptyDatabase()
  const { restored } = await restoreAs(empty, path)
  expect(restored?.head.migrations).toHaveLength(2)
  const sql = openSql(empty)
  expect((await copies(sql)).get('users')).toEqual((await copies(release.sql)).get('users'))
  const [log] = await sql`select count(*)::int as migrations from drizzle.__drizzle_migrations`
  const [known] = await (await testDatabase()).sql`select count(*)::int as migrations from drizzle.__drizzle_migrations`
  expect(log).toEqual(known)
})
