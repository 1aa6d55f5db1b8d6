import { createHash } from 'node:crypto'
import postgres, { type Sql, type TransactionSql } from 'postgres'
import { appliedMigrations, knownMigrations } from '#db/apply-migrations'
import { copyOut } from '#db/backup/copy'
import { END_OF_ROWS, FORMAT, type Head, line } from '#db/backup/format'
import { KEPT, LEFT_OUT } from '#db/backup/tables'
import packageJson from '../../package.json' with { type: 'json' }

/** Called as rows are read or written: so many of this table so far. */
export type OnRows = (table: string, rows: number) => void

export type Dumped = {
  readonly rows: Readonly<Record<string, number>>
  /** Tables beside Tokenry's own, which are not in it. */
  readonly foreign: readonly string[]
}

/**
 * Reads the whole database at one moment, while others use it, and hands the bytes of a backup to `write`, which reads
 * at its own pace. No server notices; only a migration waits. Throws an Error with one sentence if there is nothing to
 * back up, or a newer Tokenry has changed the database.
 */
export async function dumpDatabase(
  url: string,
  { now, onRows = () => {} }: { readonly now: Date; readonly onRows?: OnRows },
  write: (bytes: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<Dumped> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'tokenry-backup' } })
  try {
    const { present, foreign } = await presentTables(sql)
    const rows: Record<string, number> = {}
    let failure: unknown
    const reading = sql.begin('isolation level repeatable read read only', async (tx) => {
      try {
        // Before the snapshot is taken, so that no migration comes between it and the rows.
        await tx`lock table ${tx(present.map(({ table }) => table))} in access share mode`
        await write(sealed(contents(tx, present, { now, rows, onRows }), rows))
      } catch (error) {
        failure = error
        // A COPY that nobody reads to its end would keep the transaction from ever ending.
        await sql.end({ timeout: 0 })
        throw error
      }
    })
    await reading.catch((error: unknown) => {
      throw failure ?? error
    })
    return { rows, foreign }
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function presentTables(sql: Sql) {
  const applied = await appliedMigrations(sql)
  const last = applied.at(-1)
  if (last === undefined) throw new Error('There is nothing to back up: Tokenry was never started on this database.')
  if (last.createdAt > Math.max(...knownMigrations().map(({ createdAt }) => createdAt)))
    throw new Error('The database was made by a newer Tokenry: back it up with that version.')
  const names = await tableNames(sql)
  return {
    present: KEPT.filter(({ table }) => names.includes(table)),
    foreign: names.filter((name) => !(name in LEFT_OUT) && KEPT.every(({ table }) => table !== name)),
  }
}

/** All tables of the schema that Tokenry uses but those of extensions, by name. */
export async function tableNames(sql: Sql | TransactionSql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by 1`
  return rows.map(({ name }) => name)
}

/** The columns of a table that hold what was put into them, in order: generated ones come out again by themselves. */
async function columnsOf(tx: TransactionSql, table: string, without: readonly string[] = []): Promise<string[]> {
  const rows = await tx<{ name: string }[]>`
    select attname as name from pg_attribute
    where attrelid = format('public.%I', ${table}::text)::regclass and attnum > 0 and not attisdropped and attgenerated = ''
    order by attnum`
  return rows.map(({ name }) => name).filter((name) => !without.includes(name))
}

async function* contents(
  tx: TransactionSql,
  present: typeof KEPT,
  { now, rows, onRows }: { readonly now: Date; readonly rows: Record<string, number>; readonly onRows: OnRows },
): AsyncGenerator<Uint8Array> {
  const migrations = await appliedMigrations(tx)
  const head: Head = {
    tokenry: 'backup',
    format: FORMAT,
    madeAt: now.toISOString(),
    version: packageJson.version,
    migrations: migrations.map(({ hash, createdAt }) => ({ hash, createdAt })),
  }
  yield line(head)
  for (const { table, orderBy, without } of present) {
    const columns = await columnsOf(tx, table, without)
    yield line({ table, columns })
    let count = 0
    const order = orderBy === undefined ? tx`` : tx`order by ${tx.unsafe(orderBy)}`
    for await (const chunk of copyOut(tx`copy (select ${tx(columns)} from ${tx(table)} ${order}) to stdout`)) {
      count += countLines(chunk)
      onRows(table, count)
      yield chunk
    }
    rows[table] = count
    yield Buffer.from(END_OF_ROWS)
  }
}

/** The same bytes, and at their end the line that tells whether they are all there. */
async function* sealed(bytes: AsyncIterable<Uint8Array>, rows: Readonly<Record<string, number>>) {
  const checksum = createHash('sha256')
  for await (const chunk of bytes) {
    checksum.update(chunk)
    yield chunk
  }
  yield line({ rows, sha256: checksum.digest('hex') })
}

function countLines(chunk: Uint8Array): number {
  let lines = 0
  for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines++
  return lines
}
