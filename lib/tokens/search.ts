import { createLoader, createParser, createSerializer, type inferParserType, parseAsStringLiteral } from 'nuqs/server'
import { query } from '#lib/lists/search'
import type { TokenSort, TokenStatus } from '#lib/tokens/view'

/** The status filter of the list, in the order in which it is shown. */
export const TOKEN_FILTERS = ['all', 'active', 'revoked', 'expired'] as const satisfies readonly ('all' | TokenStatus)[]
export type TokenFilter = (typeof TOKEN_FILTERS)[number]

/** The orders of the list. */
export const TOKEN_SORTS = [
  '-created',
  'created',
  'name',
  '-name',
  'lastUsed',
  '-lastUsed',
  'expires',
  '-expires',
] as const satisfies readonly (TokenSort | `-${TokenSort}`)[]
export type TokenSortKey = (typeof TOKEN_SORTS)[number]

const cursor = createParser<string>({
  parse: (value) => (/^[\x21-\x7e]{1,512}$/.test(value) ? value : null),
  serialize: (value) => value,
})

/**
 * The list's state in the URL: `q` searches names and parts of the id; `after` and `before` are cursors, of which
 * `after` counts where a hand-made URL has both. Whatever does not parse is taken as absent.
 */
export const tokenSearchParsers = {
  q: query,
  status: parseAsStringLiteral(TOKEN_FILTERS).withDefault('all'),
  sort: parseAsStringLiteral(TOKEN_SORTS).withDefault('-created'),
  after: cursor,
  before: cursor,
}

export type TokenSearch = inferParserType<typeof tokenSearchParsers>

/** Reads the list's state from a page's `searchParams` or from any URL. */
export const loadTokenSearch = createLoader(tokenSearchParsers)

const serialize = createSerializer(tokenSearchParsers)

/** A link to the list at `path` with one thing changed: defaults leave the URL, and so does the cursor unless given. */
export function tokenListHref(path: string, search: TokenSearch, change: Partial<TokenSearch>): string {
  return serialize(path, { ...search, after: null, before: null, ...change })
}

/** A sort key taken apart: which column, and whether descending. */
export function parseTokenSort(key: TokenSortKey): { readonly column: TokenSort; readonly descending: boolean } {
  const descending = key.startsWith('-')
  const column = (['name', 'created', 'lastUsed', 'expires'] as const).find((name) => key.endsWith(name))
  return { column: column ?? 'created', descending }
}
