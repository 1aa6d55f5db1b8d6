import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import postgres from 'postgres'
import { expect, inject, onTestFinished, test } from 'vitest'
import { applyMigrations } from '#db/apply-migrations'
import { migrate } from '#db/migrate'
import { createDatabase, dropDatabase, withDatabase } from '#db/testing/databases'
import { emptyDatabase } from '#db/testing/release'
import { testDatabase } from '#db/testing/test-database'
import { unfitFor } from '#db/until-answering'

test('servers that migrate an empty database at the same moment all succeed', async () => {
  const admin = withDatabase(inject('templateUrl'), 'postgres')
  const name = `empty_${randomUUID().replaceAll('-', '')}`
  await createDatabase(admin, name)
  onTestFinished(() => dropDatabase(admin, name))
  const url = withDatabase(admin, name)
  await Promise.all([migrate(url), migrate(url), migrate(url)])
})

test('a database with migrations that this build does not know is refused and left alone', async () => {
  const { url, sql } = await testDatabase()
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`
  const before = await sql`select * from drizzle.__drizzle_migrations order by id`
  await expect(migrate(url)).rejects.toThrow('made by a newer Tokenry')
  expect(await sql`select * from drizzle.__drizzle_migrations order by id`).toEqual(before)
})

test('a database that stays silent is told in one sentence, without user and password', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  await new Promise((resolve) => server.close(resolve))
  const said: string[] = []
  const failed = migrate(`postgres://somebody:hunter2@127.0.0.1:${port}/x`, {
    patience: 100,
    say: (line) => said.push(line),
  })
  await expect(failed).rejects.toThrow(`No database answers at 127.0.0.1:${port} (ECONNREFUSED)`)
  expect(said).toEqual([`Waiting for the database at 127.0.0.1:${port}.`])
})

test('a wrong password is told at once', async () => {
  const url = inject('templateUrl').replace(/:[^:@]*@/, ':wrong@')
  await expect(migrate(url, { patience: 60_000 })).rejects.toThrow('The database refuses Tokenry')
})

test('an upgrade tells sessions that were never confirmed from those that were, and lets no journey be used again', async () => {
  const url = await emptyDatabase()
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  onTestFinished(() => sql.end())
  const REPORTS_CAME = 1795375588143
  await sql.begin((tx) => applyMigrations(tx, REPORTS_CAME))
  const at = new Date('2026-11-22T12:00:00Z')
  await sql`insert into users (email, email_key, name) values ('a@b.example', 'a@b.example', 'A')`
  for (const confirmedAt of [at, new Date(0)])
    await sql`insert into sessions (user_id, created_at, last_seen_at, confirmed_at)
      select id, ${at}, ${at}, ${confirmedAt} from users`
  const [journey, guesses] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  await sql`insert into password_failures values (${journey}, 1, ${at}), (${guesses}, 7, ${at})`
  await migrate(url)
  const confirmed = await sql`select confirmed_at as at from sessions order by 1`
  expect(confirmed.map((row) => row['at'])).toEqual([at, null])
  const used = await sql`select * from used_journeys`
  expect(used.map((row) => ({ ...row }))).toEqual([{ key: journey, ends_at: at }])
})

test('a server before PostgreSQL 15, or a database not in UTF8, is refused in one sentence', () => {
  const utf8 = (version: number) => unfitFor({ version, encoding: 'UTF8' })
  expect([150_000, 160_010, 170_006, 180_004].map(utf8)).toEqual([null, null, null, null])
  expect(utf8(140_019)).toContain('PostgreSQL 15 or later')
  expect(unfitFor({ version: 180_004, encoding: 'SQL_ASCII' })).toContain('in UTF8')
})
