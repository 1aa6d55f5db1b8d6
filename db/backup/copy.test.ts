import { expect, test } from 'vitest'
import { dumpDatabase } from '#db/backup/dump'
import { BACKED_UP_AT, openSql } from '#db/backup/testing'
import { dumpTables } from '#db/testing/dump-tables'
import { filledDatabase } from '#db/testing/filled-database'
import { emptyDatabase } from '#db/testing/release'

// What is read of a connection at once: a row of this size is often its last piece.
const PIECE = 65_536

test('a backup comes to its end whatever the size of its rows', async () => {
  const { url, sql } = await filledDatabase()
  for (const size of [PIECE, 2 * PIECE, 200_000]) {
    await sql`update users set name = ${'x'.repeat(size)}`
    let text = ''
    await dumpDatabase(url, { now: BACKED_UP_AT }, async (bytes) => {
      for await (const chunk of bytes) text += Buffer.from(chunk)
    })
    expect(text).toContain('x'.repeat(size))
  }
})

test('every row of every table is dumped, whatever its size, of every schema', async () => {
  const url = await emptyDatabase()
  const sql = openSql(url)
  await sql`create schema "An other"`
  await sql`create table "An other".rows (size int, text text, twice int generated always as (size * 2) stored)`
  await sql`create materialized view kept as select '\\xc0ffee'::bytea as bytes`
  await sql`create table empty ()`
  for (let step = 0; step < 60; step++) {
    const size = PIECE + step * 141
    await sql`truncate "An other".rows`
    await sql`insert into "An other".rows (size, text) select ${size}, repeat('x', ${size}) from generate_series(1, 3)`
    const dumped = new Map<string, string>()
    await dumpTables(url, async (name, rows) => {
      dumped.set(name, '')
      for await (const chunk of rows) dumped.set(name, dumped.get(name) + Buffer.from(chunk).toString())
    })
    expect([...dumped].toSorted()).toEqual([
      ['"An other".rows', `${size}\t${'x'.repeat(size)}\t${size * 2}\n`.repeat(3)],
      ['public.empty', ''],
      ['public.kept', '\\\\xc0ffee\n'],
    ])
  }
})
