import { createLoader, createParser, createSerializer, type inferParserType, parseAsStringLiteral } from 'nuqs/server'

const MAX_QUERY_LENGTH = 200

/**
 * Whether a text holds a secret or a good part of one: such a text is neither searched nor put into a URL. An id has 16
 * characters; a longer run of digits and both cases together is no word of any language.
 */
export function looksLikeSecret(text: string): boolean {
  const runs = text.match(/[0-9A-Za-z]{17,}/g) ?? []
  const mixed = (run: string) => /\d/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run)
  return /_[0-9A-Za-z]{16}_[0-9A-Za-z]{6}/.test(text) || runs.some((run) => run.length >= 40 || mixed(run))
}

/** What is looked for, as far as it may be: a text that holds a secret is never searched. */
export function searchText(text: string): string {
  const clean = text
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, MAX_QUERY_LENGTH)
  return looksLikeSecret(clean) || !clean.isWellFormed() ? '' : clean
}

/** What a list is searched for, in its URL. */
export const query = createParser<string>({ parse: searchText, serialize: (value) => value }).withDefault('')

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
