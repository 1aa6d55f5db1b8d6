import { accessSync, constants } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

function tryLock(path: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path, { timeout: 0 })
    // A journal on disk would need room there.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    // On a file that it may only read SQLite takes no lock and says nothing.
    accessSync(path, constants.W_OK)
    return database
  } catch (error) {
    database?.close()
    const reason = error instanceof Error ? error.message : String(error)
    if (reason.includes('is locked')) return undefined
    throw new Error(`${path} cannot be locked (${reason}): give Tokenry's user the right to write it.`, {
      cause: error,
    })
  }
}

/**
 * Waits until this caller alone holds the lock file; disposing of what it returns lets go of it. The lock is the one
 * that SQLite takes on a file, since the system drops that with its holder, however the holder dies. Throws an Error
 * with one sentence after `patience` milliseconds.
 */
export async function acquireLock(
  path: string,
  { patience, onWait = () => {} }: { readonly patience: number; readonly onWait?: () => void },
): Promise<Disposable> {
  const deadline = Date.now() + patience
  let lock = tryLock(path)
  if (!lock) onWait()
  while (!lock) {
    if (Date.now() > deadline)
      throw new Error(`Another start of Tokenry has held ${path} for too long: end that first.`)
    await sleep(50)
    lock = tryLock(path)
  }
  return lock
}
