import { expect, inject, test } from 'vitest'
import { begunDatabases } from '#db/testing/begun-database'
import { dumpTables } from '#db/testing/dump-tables'
import { fill } from '#db/testing/filled-database'
import { testDatabase } from '#db/testing/test-database'

async function tablesOf(url: string) {
  const tables = new Map<string, string>()
  await dumpTables(url, async (name, rows) => {
    const pieces: Uint8Array[] = []
    for await (const piece of rows) pieces.push(piece)
    tables.set(name, Buffer.concat(pieces).toString())
  })
  return tables
}

test('each has what was made in the first, to the byte and to the counter, and what was made is made once', async () => {
  let times = 0
  const open = begunDatabases(async ({ sql }) => {
    await fill(sql)
    return { times: ++times }
  })
  const one = await open()
  const other = await open()
  expect([one.times, other.times]).toEqual([1, 1])
  const tables = await tablesOf(one.url)
  expect(tables.get('public.tokens')).toContain('Alive')
  expect(await tablesOf(other.url)).toEqual(tables)
  const next = async ({ sql }: typeof one) =>
    (await sql`insert into revocations (token_id, at) values ('one', now()) returning id`)[0]?.['id']
  expect(await next(other)).toBe(await next(one))
})

test('a database that is only migrated has nothing of those, though it was one of them', async () => {
  const { url } = await testDatabase()
  expect(await tablesOf(url)).toEqual(await tablesOf(inject('templateUrl')))
})
