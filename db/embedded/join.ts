import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Files } from '#db/embedded/folder'
import { dropLease, hasKeeper, takeLease, tellKeeper } from '#db/embedded/lease'
import { findPostmaster, isAnswering } from '#db/embedded/postmaster'
import { socketUrl } from '#db/embedded/sockets'

/** How long a keeper may take to hear a newcomer, in milliseconds: long, since giving up ends the database for all. */
const HEARING = 15_000

/**
 * Takes a share in the database that runs on these files; undefined if none runs, or none that is going to stay. Only a
 * keeper that has heard us is sure to count us: one that has seen the last server leave no longer listens. The caller
 * holds the start lock.
 */
export async function joinKeeper(files: Files, password: string): Promise<{ url: string; lease: number } | undefined> {
  const lease = takeLease(files.lease)
  if (lease === undefined) return undefined
  try {
    const url = await introduce(files, lease, password)
    while (url && hasKeeper(files.lease)) {
      if (await isAnswering(url)) return { url, lease }
      await sleep(50)
    }
  } catch (error) {
    dropLease(lease)
    throw error
  }
  dropLease(lease)
  return undefined
}

async function introduce(files: Files, lease: number, password: string): Promise<string | undefined> {
  const line = randomUUID()
  const deadline = Date.now() + HEARING
  if (!tellKeeper(lease, line)) return undefined
  while (Date.now() < deadline && hasKeeper(files.lease)) {
    const sockets = (await findPostmaster(files.cluster))?.sockets
    if (sockets) {
      const heard = await readFile(join(sockets, 'joined'), 'utf8').catch(() => '')
      if (heard.includes(line)) return socketUrl(sockets, password)
    }
    await sleep(20)
  }
  return undefined
}
