import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { dumpDatabase, tableNames } from '#db/backup/dump'
import { KEPT, LEFT_OUT } from '#db/backup/tables'
import { BACKED_UP_AT, backUp } from '#db/backup/testing'
import { writeBackup } from '#db/backup/write'
import { filledDatabase } from '#db/testing/filled-database'
import { emptyDatabase } from '#db/testing/release'
import { testDatabase } from '#db/testing/test-database'

test('every table of the schema is in the backup or is named as left out', async () => {
  const { sql } = await testDatabase()
  const decided = [...KEPT.map(({ table }) => table), ...Object.keys(LEFT_OUT)]
  expect(decided.toSorted()).toEqual(await tableNames(sql))
})

test('a backup holds no sign-in, no one-time link and nothing that a secret could be derived from', async () => {
  const { url, sql } = await filledDatabase()
  const text = gunzipSync(await readFile(await backUp(url))).toString()
  const [kept] =
    await sql`select id::text, (select encode(reveal_salt, 'hex') from token_secrets where reveal_salt is not null) as salt,
    (select encode(digest, 'hex') from one_time_links) as link from sessions`
  expect(kept?.['salt']).toMatch(/^[0-9a-f]{64}$/)
  for (const value of Object.values(kept ?? {})) expect(text).not.toContain(value)
})

test('a backup is of one moment, whatever is written meanwhile', async () => {
  const { url, sql } = await filledDatabase()
  let text = ''
  await dumpDatabase(url, { now: BACKED_UP_AT }, async (bytes) => {
    for await (const chunk of bytes) {
      if (text === '') {
        await sql`insert into users (email, email_key, name) values ('late@example.com', 'late@example.com', 'Late')`
        await sql`update tokens set name = 'Renamed meanwhile'`
      }
      text += Buffer.from(chunk)
    }
  })
  expect(text).toContain('Owner@example.com')
  expect(text).not.toMatch(/late@example|Renamed meanwhile/)
})

test('a backup is for its owner alone, and never takes the place of a file', async () => {
  const { url } = await filledDatabase()
  const path = await backUp(url)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  const before = await readFile(path)
  await expect(writeBackup(url, path, { now: BACKED_UP_AT })).rejects.toThrow('is there already')
  expect(await readFile(path)).toEqual(before)
})

test('a backup that fails leaves no file behind', async () => {
  const { url, sql } = await filledDatabase()
  const path = await backUp(url)
  const folder = dirname(path)
  const onRows = (table: string) => {
    if (table === 'audit_events') throw new Error('the disk is full')
  }
  await expect(writeBackup(url, `${folder}/two`, { now: BACKED_UP_AT, onRows })).rejects.toThrow('the disk is full')
  await expect(writeBackup(await emptyDatabase(), `${folder}/three`, { now: BACKED_UP_AT })).rejects.toThrow(
    'There is nothing to back up',
  )
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`
  await expect(writeBackup(url, `${folder}/four`, { now: BACKED_UP_AT })).rejects.toThrow('by a newer Tokenry')
  expect(await readdir(folder)).toEqual(['one.backup.gz'])
})
