import { z } from 'zod'
import { invalid } from '#lib/api/operation'
import { looksLikeSecret, searchText } from '#lib/lists/search'

/** What a list looks for in its rows; a text that holds a secret is refused. */
export const SearchText = z
  .string()
  .max(200, 'Use at most 200 characters.')
  .refine((text) => !looksLikeSecret(text), 'This looks like a secret: it belongs into no address.')
  .transform(searchText)
  .default('')

/** What lists take in their query; spread it into the schema. */
export const PAGE_QUERY = {
  limit: z
    .string()
    .regex(/^(?:[1-9]\d?|100)$/, 'Give a whole number from 1 to 100.')
    .transform(Number)
    .default(25)
    .describe('How many to answer at most, 1 to 100. Absent: 25.')
    .meta({ type: 'integer', minimum: 1, maximum: 100 }),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,512}$/, 'This is not a cursor.')
    .optional()
    .describe('Where the page begins: `nextCursor` of the page before, with everything else unchanged.'),
}

/** A page of a list. */
export const pageSchema = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    data: z.array(item),
    nextCursor: z.string().nullable().describe('For the next page; null: this is the last.'),
  })

/** The refusal of a cursor that is none of ours, or of another order. */
export const notACursor = () => invalid({ cursor: 'This is not a cursor of this list.' })
