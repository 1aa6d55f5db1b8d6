import { createHash } from 'node:crypto'
import { chown, lstat, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Account } from '#db/embedded/run'

/**
 * postgres.js takes a URL's host for a folder only if it contains a comma, libpq (psql, pg_dump) takes a comma for the
 * end of the folder's name. With a second socket in a folder named `,` one URL serves both: libpq sees <folder>/ and
 * the others <folder>/,/.
 */
const COMMA = ','

/** The folders that PostgreSQL listens in, as its setting `unix_socket_directories` wants them. */
export const socketDirectories = (sockets: string) => `${sockets}, "${join(sockets, COMMA)}"`

/** The URL of the database `tokenry` behind the sockets, for any client. */
export function socketUrl(sockets: string, password: string): string {
  return `postgres://tokenry:${password}@${encodeURIComponent(join(sockets, '/')).concat(COMMA)}/tokenry`
}

async function belongsTo(path: string, uid: number): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined)
  return found?.isDirectory() === true && found.uid === uid && (found.mode & 0o077) === 0
}

/**
 * Makes an empty folder for the sockets that the account alone can enter. It lies in /tmp because a socket's path may
 * have 107 bytes at most, and has the same name each time, so that a server finds its database again after the keeper
 * was replaced; should anyone else have taken the name, it gets another.
 */
export async function makeSocketFolder(cluster: string, account: Account | undefined): Promise<string> {
  const owner = account?.uid ?? process.getuid?.() ?? -1
  const usual = `/tmp/tokenry-${createHash('sha256').update(`${owner}:${cluster}`).digest('hex').slice(0, 12)}`
  if (await belongsTo(usual, owner)) await rm(usual, { recursive: true })
  const folder = await mkdir(usual, { mode: 0o700 }).then(
    () => usual,
    () => mkdtemp(`${dirname(usual)}/tokenry-`),
  )
  await mkdir(join(folder, COMMA), { mode: 0o700 })
  if (account) await Promise.all([folder, join(folder, COMMA)].map((path) => chown(path, account.uid, account.gid)))
  return folder
}
