import { asc, desc, type SQL, sql } from 'drizzle-orm'

/** Where a page of a list begins: after or before a row, by its id, or at the end; `at` is that row alone. */
export type ListPlace =
  | { readonly from: 'start' }
  | { readonly from: 'end' }
  | { readonly from: 'after' | 'before' | 'at'; readonly id: string }

/** What each row of a page tells of the whole list: its own place, from 1, and how many there are. */
export type Numbered = { readonly id: string; readonly position: number; readonly total: number }

/** The two columns of a list that `pageOf` cuts pages from, numbered in that order. */
export const numbered = (order: SQL) => ({
  position: sql<number>`(row_number() over (order by ${order}))::int`.as('position'),
  total: sql<number>`(count(*) over ())::int`.as('total'),
})

/**
 * How a page is cut from a common table `list` with `id` and the columns of `numbered`. Rows that come or go meanwhile
 * shift nothing; where the row that a page begins at is gone, it is the first page.
 */
export function pageOf(place: ListPlace, size: number) {
  const position = sql`list.position`
  const backwards = place.from === 'before' || place.from === 'end'
  const of = (id: string) => sql`(select position from list where id::text = ${id})`
  const where =
    place.from === 'after'
      ? sql`${position} > coalesce(${of(place.id)}, 0)`
      : place.from === 'before'
        ? sql`${position} < coalesce(${of(place.id)}, ${size + 1})`
        : place.from === 'at'
          ? sql`list.id::text = ${place.id}`
          : undefined
  return { where, order: backwards ? desc(position) : asc(position), backwards }
}

/** A text within a column that is folded already. */
export const contains = (column: SQL, text: string): SQL =>
  sql`${column} like ${`%${text.replace(/[\\%_]/g, '\\$&')}%`}`
