import { hash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import { isPackable, PACKED } from '#lib/server/packed-files'
import { ROOT, run } from '#scripts/run'

const STAMP = join(ROOT, '.next/built-from')

/** Everything that a build reads; what is not there does not count. */
const SOURCES = ['app', 'components', 'db', 'lib', 'public']
const FILES = ['next.config.ts', 'package.json', 'package-lock.json', 'postcss.config.mjs', 'proxy.ts', 'tsconfig.json']

const pack = promisify<Buffer, Buffer>(brotliCompress)

const readIfThere = (path: string) => readFile(path).catch(() => '')

async function sourceFiles(): Promise<string[]> {
  const folders = await Promise.all(
    SOURCES.map(async (folder) => {
      const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true }).catch(() => [])
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    }),
  )
  const files = folders.flat().filter((path) => !/\.test\.tsx?$/.test(path))
  return [...files, ...FILES.map((name) => join(ROOT, name))].sort()
}

async function fingerprint(): Promise<string> {
  const contents = await Promise.all(
    (await sourceFiles()).map(async (path) => `${path}\0${hash('sha256', await readIfThere(path))}`),
  )
  return hash('sha256', [process.version, ...contents].join('\n'))
}

/** Packs scripts and styles as tightly as can be, once for all who will fetch them. */
async function packFiles(): Promise<void> {
  const folder = join(ROOT, '.next/static')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  await Promise.all(
    paths.filter(isPackable).map(async (path) => writeFile(path + PACKED, await pack(await readFile(path)))),
  )
}

/** Builds the desk unless the build that is there was made from the same sources, packages and Node. */
export async function buildDesk(options: { readonly quiet?: boolean } = {}): Promise<{ ok: boolean; output: string }> {
  const wanted = await fingerprint()
  const isBuilt = (await readIfThere(join(ROOT, '.next/BUILD_ID'))).length > 0
  if (isBuilt && String(await readIfThere(STAMP)) === wanted) return { ok: true, output: 'The build is up to date.' }
  const outcome = await run('next', ['build'], { ...options, env: { NODE_ENV: 'production' } })
  if (outcome.ok) await packFiles()
  // What changed during the build may not be in it.
  if (outcome.ok && (await fingerprint()) === wanted) await writeFile(STAMP, wanted)
  return outcome
}
