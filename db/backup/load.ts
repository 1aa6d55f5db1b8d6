import { finished } from 'node:stream/promises'
import type { TransactionSql } from 'postgres'
import type { OnRows } from '#db/backup/dump'
import type { Table } from '#db/backup/format'
import type { Part } from '#db/backup/read'
import { KEPT } from '#db/backup/tables'

/**
 * Loads a backup into tables that migrations have just made, in the caller's transaction; the rows that ship with a
 * migration give way to the backup's. Constraints and triggers judge every row. Throws what PostgreSQL refuses and what
 * the reader finds wrong: the transaction is then to be given up.
 */
export async function loadBackup(tx: TransactionSql, parts: AsyncIterable<Part>, onRows: OnRows): Promise<void> {
  let into: Awaited<ReturnType<typeof openCopy>> | undefined
  for await (const part of parts) {
    if ('rows' in part) {
      await into?.put(part.rows)
      continue
    }
    await into?.end()
    into = 'table' in part ? await openCopy(tx, part.table, onRows) : undefined
  }
  await continueIdentities(tx)
}

async function openCopy(tx: TransactionSql, { table, columns }: Table, onRows: OnRows) {
  if (KEPT.every((kept) => kept.table !== table)) throw new Error(`This Tokenry knows no table ${table}.`)
  await tx`delete from ${tx(table)}`
  const copy = tx`copy ${tx(table)} (${tx(columns)}) from stdin`
  const stream = await copy.writable()
  const done = finished(stream)
  // A copy may fail while we are busy elsewhere: it is told at the next put or at the end.
  done.catch(() => {})
  // What PostgreSQL refuses when all rows are sent (foreign keys, above all) reaches nobody in postgres.js: it rejects
  // a promise that is settled already, and the stream never ends.
  Object.assign(copy, { reject: (error: Error) => stream.destroy(error) })
  let rows = 0
  return {
    async put(bytes: Uint8Array): Promise<void> {
      for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) rows++
      onRows(table, rows)
      if (stream.write(bytes)) return
      const drained = Promise.withResolvers<void>()
      stream.once('drain', drained.resolve)
      await Promise.race([drained.promise, done])
    },
    async end(): Promise<void> {
      stream.end()
      await done
    },
  }
}

/** Has every identity go on behind the greatest that was loaded. */
async function continueIdentities(tx: TransactionSql): Promise<void> {
  const columns = await tx<{ table: string; column: string }[]>`
    select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attidentity <> '' and not a.attisdropped`
  for (const { table, column } of columns)
    await tx`select setval(pg_get_serial_sequence(format('public.%I', ${table}::text), ${column}),
      coalesce(max(${tx(column)}), 1), max(${tx(column)}) is not null) from ${tx(table)}`
}
