import { z } from 'zod'
import type { TokenCursor, TokenOrder } from '#db/queries/token-list'

const Instant = z
  .string()
  .max(60)
  .refine(
    (value) => /^-?infinity$/.test(value) || (/^\d{4}-\d\d-\d\d \d\d:/.test(value) && !Number.isNaN(Date.parse(value))),
  )
const Id = z.string().regex(/^[0-9A-Za-z]{16}$/)

/** A row's place in the list as an opaque text for URLs. */
export const cursorOf = (row: { readonly cursorValue: string | null; readonly id: string }) =>
  Buffer.from(JSON.stringify([row.cursorValue, row.id])).toString('base64url')

/** The place that a cursor names in that order; null where it is none of ours. */
export function parseCursor(text: string, order: TokenOrder): TokenCursor | null {
  try {
    const cursor = z
      .tuple([order.by === 'name' ? z.null() : Instant, Id])
      .parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return { value: cursor[0], id: cursor[1] }
  } catch {
    return null
  }
}
