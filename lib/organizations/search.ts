import { createLoader, createParser, createSerializer, type inferParserType, parseAsStringLiteral } from 'nuqs/server'
import { query } from '#lib/lists/search'

/** The filters of the list, in the order in which they are shown. */
export const CUSTOMER_FILTERS = ['all', 'limit', 'suspended', 'closed'] as const
export type CustomerFilter = (typeof CUSTOMER_FILTERS)[number]

export const CUSTOMER_SORTS = ['name', '-name', 'opened', '-opened', 'activity', '-activity'] as const
export type CustomerSortKey = (typeof CUSTOMER_SORTS)[number]

const slug = createParser<string>({
  parse: (value) => (/^[a-z0-9-]{1,63}$/.test(value) ? value : null),
  serialize: (value) => value,
})

const cursor = createParser<string>({
  parse: (value) => (/^[\x21-\x7e]{1,512}$/.test(value) ? value : null),
  serialize: (value) => value,
})

/**
 * The list's state in the URL: `q` searches names and slugs; `below=all` shows every level; `edit` opens the dialog for
 * that customer; of the cursors `after` counts where a hand-made URL has both. What does not parse is taken as absent.
 */
export const customerSearchParsers = {
  q: query,
  show: parseAsStringLiteral(CUSTOMER_FILTERS).withDefault('all'),
  below: parseAsStringLiteral(['direct', 'all'] as const).withDefault('direct'),
  sort: parseAsStringLiteral(CUSTOMER_SORTS).withDefault('name'),
  edit: slug,
  after: cursor,
  before: cursor,
}

export type CustomerSearch = inferParserType<typeof customerSearchParsers>

/** Reads the list's state from a page's `searchParams` or from any URL. */
export const loadCustomerSearch = createLoader(customerSearchParsers)

const serialize = createSerializer(customerSearchParsers)

/** A link to the list at `path` with one thing changed: defaults leave the URL, as do the cursor and `edit` unless given. */
export const customerListHref = (path: string, search: CustomerSearch, change: Partial<CustomerSearch>): string =>
  serialize(path, { ...search, edit: null, after: null, before: null, ...change })

/** A sort key taken apart: which column, and whether descending. */
export function parseCustomerSort(key: CustomerSortKey) {
  const column = (['name', 'opened', 'activity'] as const).find((name) => key.endsWith(name)) ?? 'name'
  return { column, descending: key.startsWith('-') }
}
