import postgres from 'postgres'
import { expect, inject, onTestFinished, test } from 'vitest'
import { emptyAgain, openEmptier } from '#db/testing/empty-again'
import { fill } from '#db/testing/filled-database'
import { testDatabase } from '#db/testing/test-database'

const rowsOf = async (sql: postgres.Sql) => {
  const tables = await sql`select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by 1`
  return Promise.all(tables.map(async ({ name }) => [name, [...(await sql.unsafe(`select * from ${name}`))]]))
}

const untilTheEnd = (sql: postgres.Sql) => {
  onTestFinished(() => sql.end())
  return sql
}

const connect = (url: string) => untilTheEnd(postgres(url, { max: 1, onnotice: () => {} }))
const emptierOf = (url: string) => untilTheEnd(openEmptier(url))

test('what a test did to rows and counters, and whoever it left connected, is gone', async () => {
  const { url, sql } = await testDatabase({ isNew: true })
  await fill(sql)
  await sql`delete from tiers where name = 'Lite'`
  await sql`select pg_advisory_lock(7)`
  const emptier = openEmptier(url)
  expect(await emptyAgain(emptier, inject('origin'))).toBe(true)
  await emptier.end()
  const template = connect(inject('templateUrl'))
  const emptied = connect(url)
  expect(await rowsOf(emptied)).toEqual(await rowsOf(template))
  await template.end()
  expect(await emptied`select from pg_stat_activity where datname = current_database()`).toHaveLength(1)
  const [{ id } = {}] = await emptied`insert into revocations (token_id, at) values ('one', now()) returning id`
  expect(Number(id)).toBe(1)
})

test.each([
  'alter table tokens add column more text',
  'drop index tokens_name',
  'create schema pgboss',
  'alter table audit_events disable trigger all',
  'grant select on users to public',
  'delete from drizzle.__drizzle_migrations where id = 1',
  `do $$ begin execute format('alter database %I set work_mem = 64000', current_database()); end $$`,
])('a database is not taken again after: %s', async (statement) => {
  const { url, sql } = await testDatabase({ isNew: true })
  const emptier = emptierOf(url)
  expect(await emptyAgain(emptier, inject('origin'))).toBe(true)
  await sql.unsafe(statement)
  expect(await emptyAgain(emptier, inject('origin'))).toBe(false)
})

test('a database is not taken again where its rows cannot be had back, or it is gone', async () => {
  const { url } = await testDatabase({ isNew: true })
  const origin = inject('origin')
  expect(await emptyAgain(emptierOf(url), { ...origin, restore: 'delete from nowhere' })).toBe(false)
  expect(await emptyAgain(emptierOf(`${url}_not`), origin)).toBe(false)
})
