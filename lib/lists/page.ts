import type { ListPlace, Numbered } from '#db/queries/numbered'
import type { ListSearch } from '#lib/lists/search'
import type { ListPage } from '#lib/lists/view'

export const ROWS_A_PAGE = 25

/** Where the page begins that the URL asks for. */
export function placeOf({ after, before, at }: ListSearch): ListPlace {
  if (after !== null) return { from: 'after', id: after }
  if (before !== null) return { from: 'before', id: before }
  return { from: at === 'end' ? 'end' : 'start' }
}

/** Numbered rows as a page, each as `view` shows it. */
export function pageFrom<Row extends Numbered, View>(rows: readonly Row[], view: (row: Row) => View): ListPage<View> {
  const total = rows[0]?.total ?? 0
  return {
    rows: rows.map(view),
    total,
    first: rows[0]?.position ?? 0,
    hasMore: (rows.at(-1)?.position ?? 0) < total,
  }
}
