import { statfs } from 'node:fs/promises'

const ADVICE: Readonly<Record<string, string>> = {
  EACCES: 'Tokenry may not use it: give its user the right to, or set another DATA_DIR.',
  EPERM: 'Tokenry may not use it: give its user the right to, or set another DATA_DIR.',
  EROFS: 'It cannot be written to: set another DATA_DIR.',
  ENOSPC: 'The disk is full: make room and start again.',
  EDQUOT: 'The disk quota is used up: make room and start again.',
  ENOTDIR: 'A file is in the way: set another DATA_DIR.',
  EEXIST: 'A file is in the way: set another DATA_DIR.',
}

/** Less than a start of PostgreSQL needs, in bytes. */
const HARDLY_ANY_ROOM = 32 * 1024 * 1024

/** A sentence, and below it the last lines of what PostgreSQL said; a full disk is told as such. */
export async function withLog(folder: string, sentence: string, log: string): Promise<string> {
  const { bavail, bsize } = await statfs(folder)
  // A full disk may have kept PostgreSQL from saying so; initdb says so and makes room again.
  const isFull = bavail * bsize < HARDLY_ANY_ROOM || /no space left|free disk space|quota exceeded/i.test(log)
  const lines = log.trim().split('\n').slice(-6)
  return [isFull ? `The disk that holds ${folder} is full: make room and start again.` : sentence, ...lines].join('\n')
}

/** Does the work; what the file system refuses becomes a sentence that says what to do about `folder`. */
export async function inOneSentence<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    const advice = ADVICE[String(error.code)]
    if (!advice) throw error
    const path = 'path' in error && typeof error.path === 'string' ? error.path : folder
    throw new Error(`The data folder ${folder} cannot be used (${String(error.code)} at ${path}). ${advice}`, {
      cause: error,
    })
  }
}
