import { createLoader, createParser, createSerializer, type inferParserType, parseAsStringLiteral } from 'nuqs/server'
import { searchText } from '#lib/organizations/search'

const query = createParser<string>({ parse: searchText, serialize: (value) => value }).withDefault('')

/** The id of a row, of whatever kind the list has. */
const rowId = createParser<string>({
  parse: (value) => (/^[A-Za-z0-9._-]{1,64}$/.test(value) ? value : null),
  serialize: (value) => value,
})

/**
 * The state of a plain list in the URL: `q` searches; `after` and `before` name the row that a page begins at, of which
 * `after` counts where a hand-made URL has both; `at=end` is the last page. Whatever does not parse is taken as absent.
 */
export const listSearchParsers = { q: query, after: rowId, before: rowId, at: parseAsStringLiteral(['end']) }

export type ListSearch = inferParserType<typeof listSearchParsers>

/** Reads a list's state from a page's `searchParams` or from any URL. */
export const loadListSearch = createLoader(listSearchParsers)

const serialize = createSerializer(listSearchParsers)

/** A link to the list at `path` with one thing changed: defaults leave the URL, and so does the page unless given. */
export const listHref = (path: string, search: ListSearch, change: Partial<ListSearch>): string =>
  serialize(path, { q: search.q, after: null, before: null, at: null, ...change })
