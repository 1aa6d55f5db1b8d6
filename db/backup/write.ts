import { rmSync } from 'node:fs'
import { access, link, open, rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Dumped, dumpDatabase, type OnRows } from '#db/backup/dump'

/**
 * Writes a backup of the database to a file that its owner alone can read: whole, under a name that was free, or not at
 * all. Gives what is in it and its size in bytes. Throws an Error with one sentence.
 */
export async function writeBackup(
  url: string,
  path: string,
  options: { readonly now: Date; readonly onRows?: OnRows },
): Promise<Dumped & { readonly size: number }> {
  const taken = new Error(`${path} is there already: name another file, or move that one away.`)
  const isThere = await access(path).then(
    () => true,
    () => false,
  )
  if (isThere) throw taken
  const partial = `${path}.${process.pid}.partial`
  const file = await open(partial, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${path} cannot be written (${error.code}): name a file in a folder that is there and yours.`)
  })
  // A signal ends the process without anything else being run.
  const remove = () => rmSync(partial, { force: true })
  process.once('exit', remove)
  try {
    const dumped = await dumpDatabase(url, options, (bytes) =>
      // Of all levels the one beyond which a second more saves little.
      pipeline(bytes, createGzip({ level: 4 }), file.createWriteStream({ flush: true })),
    )
    const { size } = await stat(partial)
    // Unlike a rename a link never takes the place of another file.
    await link(partial, path).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? taken : error
    })
    return { ...dumped, size }
  } finally {
    await file.close()
    await rm(partial, { force: true })
    process.off('exit', remove)
  }
}
