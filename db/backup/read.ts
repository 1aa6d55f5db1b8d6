import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { z } from 'zod'
import { END_OF_ROWS, FORMAT, Head, Table, Tail } from '#db/backup/format'

/** A backup in the order of its file; a table's rows come in pieces of whole lines. */
export type Part =
  | { readonly head: Head }
  | { readonly table: Table }
  | { readonly rows: Uint8Array }
  | { readonly tail: Tail }

/**
 * Reads a backup from its file, whatever its size, in little memory. The tail comes only if all before it is as it was
 * written: until then nothing of it may be trusted. Throws an Error with one sentence where it is torn, altered, of a
 * newer format or no backup. It says neither that the backup fits this Tokenry nor who made it.
 */
export async function* readBackup(path: string): AsyncGenerator<Part> {
  const checksum = createHash('sha256')
  const state: { awaited: 'head' | 'table' | 'rows' | 'nothing' } = { awaited: 'head' }
  let rest: Buffer = Buffer.alloc(0)

  const take = (length: number) => {
    const taken = rest.subarray(0, length)
    rest = rest.subarray(length)
    if (length > 0) checksum.update(taken)
    return taken
  }

  function next(): Part | null {
    if (state.awaited === 'rows') {
      const [rows, isEnd] = rowsIn(rest)
      if (rows > 0) return { rows: take(rows) }
      if (!isEnd) return null
      take(END_OF_ROWS.length)
      state.awaited = 'table'
    }
    const length = rest.indexOf(10) + 1
    if (length === 0) return null
    const text = rest.toString('utf8', 0, length)
    if (state.awaited === 'head') {
      const head = parse(Head, text)
      if (head === null) throw new Error(`${path} is not a backup of Tokenry.`)
      if (head.format > FORMAT) throw new Error(`${path} was made by a newer Tokenry: restore it with that version.`)
      take(length)
      state.awaited = 'table'
      return { head }
    }
    const table = state.awaited === 'table' ? parse(Table, text) : null
    if (table !== null) {
      take(length)
      state.awaited = 'rows'
      return { table }
    }
    const tail = state.awaited === 'table' ? parse(Tail, text) : null
    if (tail === null || tail.sha256 !== checksum.digest('hex')) throw damaged(path)
    rest = rest.subarray(length)
    state.awaited = 'nothing'
    return { tail }
  }

  const unpacked = createGunzip()
  // What the file system refuses comes out of the stream that is read.
  pipeline(createReadStream(path), unpacked, () => {})
  try {
    for await (const chunk of unpacked) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      for (let part = next(); part !== null; part = next()) yield part
    }
  } catch (error) {
    throw inOneSentence(error, path, state.awaited === 'head')
  }
  if (state.awaited !== 'nothing' || rest.length > 0) throw damaged(path)
}

/** How many bytes of whole rows come first, and whether the end of the rows follows them. */
function rowsIn(bytes: Buffer): [length: number, isEnd: boolean] {
  if (bytes.subarray(0, END_OF_ROWS.length).equals(Buffer.from(END_OF_ROWS))) return [0, true]
  const end = bytes.indexOf(`\n${END_OF_ROWS}`)
  return end === -1 ? [bytes.lastIndexOf(10) + 1, false] : [end + 1, true]
}

function parse<Shape>(shape: z.ZodType<Shape>, text: string): Shape | null {
  try {
    return shape.parse(JSON.parse(text))
  } catch {
    return null
  }
}

const damaged = (path: string) =>
  new Error(`${path} is torn or altered, so nothing of it was used: take another backup.`)

function inOneSentence(error: unknown, path: string, isAtStart: boolean): unknown {
  if (!(error instanceof Error && 'code' in error)) return error
  const code = String(error.code)
  if (code === 'Z_DATA_ERROR' && isAtStart) return new Error(`${path} is not a backup of Tokenry.`)
  if (code.startsWith('Z_')) return damaged(path)
  // An abort is the reader's own doing.
  return code.startsWith('E') && !code.startsWith('ERR_') ? new Error(`${path} cannot be read (${code}).`) : error
}
