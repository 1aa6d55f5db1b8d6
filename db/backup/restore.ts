import { DrizzleQueryError } from 'drizzle-orm'
import postgres, { type TransactionSql } from 'postgres'
import { applyMigrations, knownMigrations, MIGRATION_LOCK } from '#db/apply-migrations'
import type { OnRows } from '#db/backup/dump'
import type { Head, Tail } from '#db/backup/format'
import { loadBackup } from '#db/backup/load'
import { readBackup } from '#db/backup/read'
import { compare, rememberHere, rememberThere, type Since } from '#db/backup/since'
import { KEPT } from '#db/backup/tables'
import { clearTarget, inspectTarget, refuseServers, type Target } from '#db/backup/target'
import { sqlOf, type Transaction, withDrizzle } from '#db/client'

/** What is about to become true, all loaded and checked, nothing committed. */
export type Prospect = {
  readonly head: Head
  /** How many rows of each table the backup holds. */
  readonly rows: Tail['rows']
  /** What the restore replaces; null: nothing. */
  readonly holds: Target['holds']
  /** null: no old database of the same installation could be asked. */
  readonly since: Since | null
}

type Options = {
  readonly path: string
  /** May it take the place of what the database holds? */
  readonly replace: boolean
  /** The old database, where it is another one and still answers. */
  readonly compareUrl?: string | undefined
  readonly onRows?: OnRows
  /**
   * Is shown what is about to become true, within the very transaction: what it writes is committed with the rest.
   * false leaves the database as it was.
   */
  readonly settle: (tx: Transaction, prospect: Prospect) => Promise<boolean>
}

/**
 * Restores a backup into the database and brings that up to date, in one transaction: until its commit the old data
 * stands, and whatever fails leaves everything as it was. Null if it was decided against. Throws an Error with one
 * sentence where the backup is damaged, newer or of another Tokenry, a server is using the database, or it holds
 * something that may not be replaced.
 */
export async function restoreBackup(url: string, options: Options): Promise<Prospect | null> {
  const backup = await checkBackup(options.path)
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'tokenry-restore' } })
  try {
    const [lock] = await sql`select pg_try_advisory_lock(${MIGRATION_LOCK}) as held`
    if (lock?.['held'] !== true)
      throw new Error('Another Tokenry is starting or restoring on this database: end it first.')
    const restored = await withDrizzle(sql)
      .transaction((tx) => restoreWithin(tx, backup, options))
      .catch((error: unknown) => {
        if (error !== STOPPED) throw error
        return null
      })
    if (restored !== null) await sql`analyze`
    return restored
  } catch (error) {
    // Around what PostgreSQL says drizzle's errors put the statement, with what was in it.
    const said = error instanceof DrizzleQueryError ? error.cause : error
    if (!(said instanceof postgres.PostgresError)) throw said
    // Else the detail may hold what is in a row.
    const detail = said.code === DEPENDED_ON ? ` (${said.detail})` : ''
    const sentence = `The backup could not be restored: PostgreSQL says "${said.message}"${detail}.`
    throw new Error(`${sentence} The database is as it was.`, { cause: said })
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** PostgreSQL's code where something of somebody else's, such as a view, depends on a table that is to go. */
const DEPENDED_ON = '2BP01'

const STOPPED = new Error('decided against')

type Backup = Pick<Prospect, 'head' | 'rows'>

/** Reads the backup to its end before anything is touched. */
async function checkBackup(path: string): Promise<Backup> {
  let head: Head | undefined
  let rows: Tail['rows'] | undefined
  for await (const part of readBackup(path)) {
    if ('head' in part) {
      head = part.head
      refuseStrange(head)
    }
    if ('tail' in part) rows = part.tail.rows
  }
  if (head === undefined || rows === undefined) throw new Error(`${path} is not a backup of Tokenry.`)
  return { head, rows }
}

function refuseStrange({ migrations, version }: Head): void {
  const known = knownMigrations()
  if (Number(migrations.at(-1)?.createdAt) > Number(known.at(-1)?.createdAt))
    throw new Error(`This backup was made by a newer Tokenry (${version}): restore it with that version.`)
  const isStrange = migrations.some(({ hash }, index) => hash !== known[index]?.hash)
  if (isStrange)
    throw new Error('This backup was made by a Tokenry with other migrations than this one: restore it with that one.')
}

async function restoreWithin(transaction: Transaction, backup: Backup, options: Options): Promise<Prospect> {
  const tx = sqlOf(transaction)
  // Somebody at a psql prompt may hold what is to be replaced.
  await tx`set local lock_timeout = '20s'`
  await refuseServers(tx)
  const { tables, holds } = await inspectTarget(tx)
  if (holds !== null && !options.replace)
    throw new Error(
      `This database holds ${holds.organizations} organizations, ${holds.users} users and ${holds.tokens} tokens. ` +
        'Restore into an empty one, or add --replace to have the backup take their place.',
    )
  const oldPlatform = await remember(tx, holds, options.compareUrl)
  await clearTarget(tx, tables)
  await applyMigrations(tx, backup.head.migrations.at(-1)?.createdAt)
  await loadBackup(tx, readBackup(options.path), options.onRows ?? (() => {}))
  await applyMigrations(tx)
  await tx`analyze ${tx(KEPT.map(({ table }) => table))}`
  const since = await compare(tx, oldPlatform)
  if (options.compareUrl !== undefined && since === null)
    throw new Error('The database to compare with is not of the installation that this backup was made from.')
  const prospect = { ...backup, holds, since }
  if (!(await options.settle(transaction, prospect))) throw STOPPED
  // Again: one may have been on its way past the lock when we took it.
  await refuseServers(tx)
  return prospect
}

async function remember(tx: TransactionSql, holds: Target['holds'], compareUrl: string | undefined) {
  if (compareUrl !== undefined) return rememberThere(tx, compareUrl)
  return holds === null ? undefined : rememberHere(tx)
}
