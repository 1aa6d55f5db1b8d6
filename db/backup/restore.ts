import postgres, { type TransactionSql } from 'postgres'
import { applyMigrations, knownMigrations, MIGRATION_LOCK } from '#db/apply-migrations'
import type { OnRows } from '#db/backup/dump'
import type { Head, Tail } from '#db/backup/format'
import { loadBackup } from '#db/backup/load'
import { readBackup } from '#db/backup/read'
import { compare, rememberHere, rememberThere, revokeAgain, type Since } from '#db/backup/since'
import { KEPT } from '#db/backup/tables'
import { clearTarget, inspectTarget, refuseServers, type Target } from '#db/backup/target'

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

/** `stop` leaves the database as it was. */
export type Decision = 'restore' | 'restore and revoke again' | 'stop'

export type Restored = Prospect & { readonly revokedAgain: number }

type Options = {
  readonly path: string
  readonly now: Date
  /** May it take the place of what the database holds? */
  readonly replace: boolean
  /** The old database, where it is another one and still answers. */
  readonly compareUrl?: string | undefined
  readonly onRows?: OnRows
  readonly decide: (prospect: Prospect) => Promise<Decision>
}

/**
 * Restores a backup into the database and brings that up to date, in one transaction: until its commit the old data
 * stands, and whatever fails leaves everything as it was. Null if it was decided against. Throws an Error with one
 * sentence where the backup is damaged, newer or of another Tokenry, a server is using the database, or it holds
 * something that may not be replaced.
 */
export async function restoreBackup(url: string, options: Options): Promise<Restored | null> {
  const backup = await checkBackup(options.path)
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'tokenry-restore' } })
  try {
    const [lock] = await sql`select pg_try_advisory_lock(${MIGRATION_LOCK}) as held`
    if (lock?.['held'] !== true)
      throw new Error('Another Tokenry is starting or restoring on this database: end it first.')
    const restored = await sql
      .begin((tx) => restoreWithin(tx, backup, options))
      .catch((error: unknown) => {
        if (error !== STOPPED) throw error
        return null
      })
    if (restored !== null) await sql`analyze`
    return restored
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) throw error
    // Else the detail may hold what is in a row.
    const detail = error.code === DEPENDED_ON ? ` (${error.detail})` : ''
    const sentence = `The backup could not be restored: PostgreSQL says "${error.message}"${detail}.`
    throw new Error(`${sentence} The database is as it was.`, { cause: error })
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

async function restoreWithin(tx: TransactionSql, backup: Backup, options: Options): Promise<Restored> {
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
  const decision = await options.decide(prospect)
  if (decision === 'stop') throw STOPPED
  const revokedAgain = decision === 'restore and revoke again' ? await revokeAgain(tx, options.now) : 0
  await recordRestore(tx, backup.head, options.now)
  // Again: one may have been on its way past the lock when we took it.
  await refuseServers(tx)
  return { ...prospect, revokedAgain }
}

async function remember(tx: TransactionSql, holds: Target['holds'], compareUrl: string | undefined) {
  if (compareUrl !== undefined) return rememberThere(tx, compareUrl)
  return holds === null ? undefined : rememberHere(tx)
}

/** Has the trail say that it lacks what came after the backup. */
async function recordRestore(tx: TransactionSql, { madeAt }: Head, now: Date): Promise<void> {
  await tx`
    insert into audit_events (at, action, organization_id, actor_name, target_type, target_id, target_name, details)
    select ${now}, 'backup.restored', id, 'Tokenry', 'organization', id, name,
      jsonb_build_object('reason', ${`Restored from the backup of ${madeAt}; what came after it is gone`}::text)
    from organizations where kind = 'platform'`
}
