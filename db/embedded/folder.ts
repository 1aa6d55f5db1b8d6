import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { access, constants, mkdir, realpath, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type Account, run } from '#db/embedded/run'

/** Where things go that root's account for the database cannot reach elsewhere. */
export const STATE_FOLDER = '/var/lib/tokenry'

/** The files of one embedded database; all paths are absolute and free of symbolic links. */
export type Files = ReturnType<typeof filesIn>

const filesIn = (folder: string) => ({
  folder,
  cluster: join(folder, 'postgresql'),
  secrets: join(folder, 'secrets.json'),
  lease: join(folder, 'lease'),
  lock: join(folder, 'start.lock'),
  log: join(folder, 'postgresql.log'),
})

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

const canEnter = async (account: Account, path: string) => (await run('test', ['-x', path], { account })).ok

/** The path itself or the nearest above it that exists. */
async function nearestOf(path: string): Promise<string> {
  return (await exists(path)) ? path : nearestOf(dirname(path))
}

/** Makes a folder and those above it so that other accounts may pass through but not look, whatever the umask is. */
function makePassable(path: string): void {
  const umask = process.umask(0o066)
  try {
    mkdirSync(path, { recursive: true })
  } finally {
    process.umask(umask)
  }
}

/** Where data goes that the account cannot reach in `dataDir`: a folder per clone, always the same one. */
function relocated(dataDir: string): string {
  return join(STATE_FOLDER, createHash('sha256').update(dataDir).digest('hex').slice(0, 12))
}

async function choose(dataDir: string, account: Account): Promise<string> {
  const elsewhere = relocated(dataDir)
  const nearest = await nearestOf(dataDir)
  // A file in the way is no reason to go elsewhere: making the folder will tell.
  if (!(await stat(nearest)).isDirectory()) return dataDir
  const isReachable = await canEnter(account, nearest)
  const present = await stat(join(dataDir, 'postgresql')).catch(() => undefined)
  if (present) {
    // Data of another user is refused where the cluster is looked at.
    if (isReachable || present.uid !== account.uid) return dataDir
    throw new Error(`The system user of the database can no longer enter ${dataDir}: let it pass through (chmod o+x).`)
  }
  return isReachable && !(await exists(elsewhere)) ? dataDir : elsewhere
}

/** The files of the data that belongs to `dataDir`, wherever it lies; undefined where there is none yet. */
export async function findFolder(dataDir: string): Promise<Files | undefined> {
  const wanted = resolve(dataDir)
  for (const folder of [wanted, relocated(wanted)]) {
    if (await exists(join(folder, 'postgresql'))) return filesIn(await realpath(folder))
  }
  return undefined
}

/**
 * Makes the folder that holds the data and tells its files: `dataDir`, or a folder of its own under /var/lib/tokenry
 * where `account` cannot enter that. Data that is there already stays where it is.
 */
export async function prepareFolder(dataDir: string, account: Account | undefined): Promise<Files> {
  const wanted = resolve(dataDir)
  const folder = account ? await choose(wanted, account) : wanted
  if (account) makePassable(folder)
  else await mkdir(folder, { recursive: true, mode: 0o700 })
  await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  return filesIn(await realpath(folder))
}
