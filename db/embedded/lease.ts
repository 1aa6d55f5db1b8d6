import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { run } from '#db/embedded/run'

/**
 * The lease is a named pipe that the keeper reads and every server that uses the database holds open for writing. The
 * system closes a server's end however the server dies, and the keeper reads the end of the file when the last is gone.
 */
export async function makeLease(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFIFO()) return
  const made = await run('mkfifo', ['-m', '600', path])
  if (!made.ok) throw new Error(`The named pipe ${path} could not be made (${made.output}).`)
}

const isCode = (error: unknown, ...codes: string[]) =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code))

/** Takes the lease; undefined if no keeper reads it. */
export function takeLease(path: string): number | undefined {
  try {
    return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
  } catch (error) {
    if (isCode(error, 'ENXIO', 'ENOENT')) return undefined
    throw error
  }
}

export const dropLease = (lease: number) => closeSync(lease)

/** Says a line to the keeper; false if there is none any more. */
export function tellKeeper(lease: number, line: string): boolean {
  try {
    return writeSync(lease, `${line}\n`) > 0
  } catch (error) {
    if (isCode(error, 'EPIPE', 'EAGAIN')) return false
    throw error
  }
}

/** Whether any process of a keeper still runs. */
export function hasKeeper(path: string): boolean {
  const lease = takeLease(path)
  if (lease !== undefined) dropLease(lease)
  return lease !== undefined
}

/** Whether anyone holds the lease. Only for a holder of the start lock: it could read a line meant for the keeper. */
export function hasHolders(path: string): boolean {
  const end = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const line = Buffer.alloc(4096)
    while (readSync(end, line) > 0);
    return false
  } catch (error) {
    if (isCode(error, 'EAGAIN')) return true
    throw error
  } finally {
    closeSync(end)
  }
}

/** Gives a new keeper the reading end by way of `use`, and returns the lease on it. */
export function openLease<T>(path: string, use: (readingEnd: number) => T): { lease: number; result: T } {
  // Opening either end alone waits for the other one.
  const both = openSync(path, constants.O_RDWR)
  try {
    const readingEnd = openSync(path, constants.O_RDONLY)
    try {
      const result = use(readingEnd)
      return { lease: openSync(path, constants.O_WRONLY), result }
    } finally {
      closeSync(readingEnd)
    }
  } finally {
    closeSync(both)
  }
}
