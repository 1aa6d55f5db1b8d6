import type { Sql, TransactionSql } from 'postgres'
import { expect, test } from 'vitest'
import { limitOn } from '#db/queries/transaction-limit'
import { testDatabase } from '#db/testing/test-database'

test('a transaction is limited by what that version of PostgreSQL knows, and nothing after it', async () => {
  const { sql } = await testDatabase()
  const names = ['transaction_timeout', 'idle_in_transaction_session_timeout']
  const limits = async (on: Sql | TransactionSql) =>
    (await on`select current_setting(name) as value from unnest(${names}::text[]) as name`).map(({ value }) => value)
  const limited = (version: string) =>
    sql.begin(async (tx) => {
      await tx.unsafe(limitOn(version))
      return limits(tx)
    })
  expect(await limited('180004')).toEqual(['5s', '0'])
  expect(await limited('170000')).toEqual(['5s', '0'])
  expect(await limited('160010')).toEqual(['0', '5s'])
  expect(await limited('150014')).toEqual(['0', '5s'])
  expect(await limits(sql)).toEqual(['0', '0'])
})
