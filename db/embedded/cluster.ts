import { chown, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from '#db/embedded/binaries'
import type { Files } from '#db/embedded/folder'
import { withLog } from '#db/embedded/one-sentence'
import { type Account, run } from '#db/embedded/run'

/**
 * Looks whether the data folder holds a cluster. Throws an Error with one sentence if it holds one that these programs
 * or this account cannot use.
 */
export async function findCluster(files: Files, binaries: Binaries, account: Account | undefined): Promise<boolean> {
  const found = await stat(files.cluster).catch(() => undefined)
  if (!found) return false
  if (found.uid !== (account?.uid ?? process.getuid?.())) {
    throw new Error(`${files.cluster} belongs to another user: start Tokenry as that user, or set another DATA_DIR.`)
  }
  const version = await readFile(join(files.cluster, 'PG_VERSION'), 'utf8').catch(() => '')
  if (version.trim() === binaries.major) return true
  throw new Error(
    version === ''
      ? `${files.cluster} is not whole: put its backup back, or remove ${files.folder} to start over.`
      : `${files.cluster} is of PostgreSQL ${version.trim()}, and this Tokenry brings ${binaries.major}: ` +
          'move it with pg_dump, or go back to the Tokenry that made it.',
  )
}

/** Makes the cluster with the database `tokenry`, complete or not at all; the caller holds the start lock. */
export async function createCluster(
  files: Files,
  binaries: Binaries,
  account: Account | undefined,
  password: string,
): Promise<void> {
  await removeRemains(files)
  const workplace = await mkdtemp(join(files.folder, 'initdb-'))
  const partial = join(workplace, 'postgresql')
  const passwordFile = join(workplace, 'password')
  await mkdir(partial, { mode: 0o700 })
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (account) {
    await Promise.all([workplace, partial, passwordFile].map((path) => chown(path, account.uid, account.gid)))
  }
  const sentence = `PostgreSQL could not make its data in ${files.folder}: put right what it says.`
  try {
    const initdb = await run(
      binaries.initdb,
      [
        `--pgdata=${partial}`,
        '--username=tokenry',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // Sorts and folds case alike on every machine, whatever its C library.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      { account },
    )
    if (!initdb.ok) throw new Error(await withLog(files.folder, sentence, initdb.output))
    const single = ['--single', '-D', partial, '-c', 'exit_on_error=on', 'postgres']
    const database = await run(binaries.postgres, single, { account, input: 'create database tokenry\n' })
    if (!database.ok) throw new Error(await withLog(files.folder, sentence, database.output))
    await rename(partial, files.cluster)
  } finally {
    await rm(workplace, { recursive: true, force: true })
  }
}

/** What a start left that was killed half-way. */
async function removeRemains(files: Files): Promise<void> {
  const remains = (await readdir(files.folder)).filter((name) => name.startsWith('initdb-'))
  await Promise.all(remains.map((name) => rm(join(files.folder, name), { recursive: true, force: true })))
}
