import { z } from 'zod'

// A backup is gzip over lines of UTF-8:
//
//   {"tokenry":"backup","format":1, …}        Head
//   {"table":"tiers","columns":["id", …]}     Table, then its rows as PostgreSQL's COPY writes them in text format,
//   …                                         a line each, and a line with nothing but \.
//   \.
//   {"rows":{"tiers":3, …},"sha256":"…"}      Tail: the SHA-256 of every byte before this line
//
// The checksum finds what was cut off or changed by accident. Whoever changes a backup on purpose can make it anew.

/** The format that this build writes, and the newest that it reads. */
export const FORMAT = 1

/** Ends the rows of a table: COPY writes no line like it, since it doubles a backslash. */
export const END_OF_ROWS = '\\.\n'

export const Head = z.object({
  tokenry: z.literal('backup'),
  format: z.int().positive(),
  /** When the snapshot was taken. */
  madeAt: z.iso.datetime(),
  /** The version of Tokenry that wrote it. */
  version: z.string(),
  /** Those of the database, oldest first. */
  migrations: z.array(z.object({ hash: z.string(), createdAt: z.number() })).min(1),
})
export type Head = z.infer<typeof Head>

export const Table = z.object({ table: z.string(), columns: z.array(z.string()).min(1) })
export type Table = z.infer<typeof Table>

export const Tail = z.object({ rows: z.record(z.string(), z.int()), sha256: z.string() })
export type Tail = z.infer<typeof Tail>

/** One line of a backup that is not a row. */
export const line = (value: Head | Table | Tail) => Buffer.from(`${JSON.stringify(value)}\n`)
