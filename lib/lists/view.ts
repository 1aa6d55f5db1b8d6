/** One page of a plain list. */
export type ListPage<Row> = {
  readonly rows: readonly Row[]
  /** How many the search finds; 0 too where the page asked for has emptied meanwhile. */
  readonly total: number
  /** Position of the first row in the whole list, from 1; 0 where there is none. */
  readonly first: number
  readonly hasMore: boolean
}
