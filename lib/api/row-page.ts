import { invalid } from '#lib/api/operation'
import { notACursor } from '#lib/api/page'
import type { ListSearch } from '#lib/lists/search'
import type { ListPage } from '#lib/lists/view'

const ROW_ID = /^[A-Za-z0-9._-]{1,64}$/

/** What a plain list is asked for; its cursors name the row that the page before ended with. @throws DomainError `invalid` */
export const rowSearch = (q: string, cursor: string | undefined): ListSearch => ({
  q,
  after: cursor === undefined ? null : rowOf(cursor),
  before: null,
  at: null,
})

/** The id of the row that a cursor names. @throws DomainError `invalid` */
export function rowOf(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString()
  if (!ROW_ID.test(id)) throw notACursor()
  return id
}

/** The cursor of a row. */
export const rowCursor = (id: string) => Buffer.from(id).toString('base64url')

/**
 * A page of a plain list as operations answer it. Where the row is gone that the cursor names, the list began anew, and
 * nobody is to take that for its next page.
 * @throws DomainError `invalid`
 */
export function rowPage<Row extends { readonly id: string }, Item>(
  { rows, first, hasMore }: ListPage<Row>,
  cursor: string | undefined,
  item: (row: Row) => Item,
): { readonly data: Item[]; readonly nextCursor: string | null } {
  if (cursor !== undefined && first === 1) throw lostItsPlace()
  const last = rows.at(-1)
  return { data: rows.map(item), nextCursor: hasMore && last !== undefined ? rowCursor(last.id) : null }
}

/** The refusal of a cursor whose row is gone. */
export const lostItsPlace = () => invalid({ cursor: 'What this page begins after is gone. Begin at the first page.' })
