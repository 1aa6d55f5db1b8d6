import { z } from 'zod'

// As PostgreSQL writes an instant. JavaScript takes much for a date that PostgreSQL doesn't: days that no month has,
// remarks in parentheses, any offset.
const WRITTEN = /^(?!0000)(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,6})?)[+-](?:0\d|1[0-5])(?::[0-5]\d)?$/
const DayAndTime = z.tuple([z.iso.date(), z.iso.time()])

const Instant = z
  .string()
  .refine((value) => /^-?infinity$/.test(value) || DayAndTime.safeParse(WRITTEN.exec(value)?.slice(1)).success)
const TokenId = z.string().regex(/^[0-9A-Za-z]{16}$/)

/** A row's value in the order, null by name, and its id. */
type Cursor = { readonly value: string | null; readonly id: string }

/** A row's place in the list as an opaque text for URLs. */
export const cursorOf = (row: { readonly cursorValue: string | null; readonly id: string }) =>
  Buffer.from(JSON.stringify([row.cursorValue, row.id])).toString('base64url')

/** The place that a cursor names in that order, by name or by a time; null where it is none of ours. */
export function parseCursor(
  text: string,
  order: { readonly by: string },
  Id: z.ZodType<string> = TokenId,
): Cursor | null {
  try {
    const cursor = z
      .tuple([order.by === 'name' ? z.null() : Instant, Id])
      .parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return { value: cursor[0], id: cursor[1] }
  } catch {
    return null
  }
}
