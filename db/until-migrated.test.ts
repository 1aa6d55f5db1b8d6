import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { expect, inject, onTestFinished, test } from 'vitest'
import { migrate } from '#db/migrate'
import { createDatabase, dropDatabase, withDatabase } from '#db/testing/databases'
import { testDatabase } from '#db/testing/test-database'
import { untilMigrated } from '#db/until-migrated'

test('whoever waits for a desk to bring the database up to date changes nothing in it', async () => {
  const admin = withDatabase(inject('templateUrl'), 'postgres')
  const name = `waiting_${randomUUID().replaceAll('-', '')}`
  await createDatabase(admin, name)
  onTestFinished(() => dropDatabase(admin, name))
  const url = withDatabase(admin, name)
  const said: string[] = []
  let isOver = false
  const waited = untilMigrated(url, (line) => said.push(line)).then(() => {
    isOver = true
  })
  await expect.poll(() => said).toEqual(['Waiting for a desk to bring the database up to date.'])
  // Longer than it pauses between two looks.
  await pause(1_500)
  expect(isOver).toBe(false)
  const sql = postgres(url, { max: 1 })
  const tables = await sql`select tablename from pg_tables where schemaname in ('public', 'drizzle')`
  await sql.end()
  expect(tables).toEqual([])
  await migrate(url)
  await waited
})

test('a database that a later version has changed is refused', async () => {
  const { url, sql } = await testDatabase()
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`
  await expect(untilMigrated(url, () => {})).rejects.toThrow('made by a newer Tokenry')
})
