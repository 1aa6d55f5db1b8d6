import { readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { findFolder } from '#db/embedded/folder'
import { hasKeeper } from '#db/embedded/lease'
import { acquireLock } from '#db/embedded/lock'
import { inOneSentence } from '#db/embedded/one-sentence'
import { findPostmaster } from '#db/embedded/postmaster'

/**
 * Removes the embedded database that belongs to `dataDir` with its secrets, if there is one. Throws an Error with one
 * sentence if it is in use.
 */
export function clearEmbeddedData({ dataDir }: { readonly dataDir: string }): Promise<void> {
  return inOneSentence(dataDir, async () => {
    const files = await findFolder(dataDir)
    if (!files) return
    using _ = await acquireLock(files.lock, { patience: 0 })
    if (hasKeeper(files.lease) || (await findPostmaster(files.cluster))) {
      throw new Error(`The database in ${files.folder} is in use: end the Tokenry that uses it first.`)
    }
    // Those that wait for the lock have these two open.
    const kept = [files.lock, files.lease].map((path) => basename(path))
    const names = (await readdir(files.folder)).filter((name) => !kept.includes(name))
    await Promise.all(names.map((name) => rm(join(files.folder, name), { recursive: true })))
  })
}
