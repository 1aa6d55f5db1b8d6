import { listTokens } from '#db/queries/token-list'
import type { TokenRow } from '#db/queries/tokens'
import type { Context } from '#lib/context'
import { CSV_MARK, csvLine } from '#lib/csv'
import { authorize } from '#lib/tokens/hold'
import type { Home } from '#lib/tokens/home'
import { tokenListQuery } from '#lib/tokens/list'
import type { TokenSearch } from '#lib/tokens/search'
import { headOf } from '#lib/tokens/secret'
import { statusOf } from '#lib/tokens/status'

// So many rows are in memory at once.
const ROWS_AT_ONCE = 1000

const COLUMNS = ['Token', 'Name', 'Kind', 'Status', 'Created', 'Last used', 'Expires', 'Scopes', 'API user']

/**
 * All tokens there that match search and status, in the list's order, as CSV: masked, a thousand lines at a time. What
 * changes its place while it is read may come twice or not at all.
 * @throws DomainError `not_found`, at once
 */
export function exportTokens(ctx: Context, home: Home, search: TokenSearch): AsyncGenerator<string> {
  authorize(ctx, 'tokens.see', home)
  return linesOf(ctx, tokenListQuery(ctx, home, search))
}

async function* linesOf({ db, prefix }: Context, query: ReturnType<typeof tokenListQuery>) {
  yield CSV_MARK + csvLine(COLUMNS)
  let position: Parameters<typeof listTokens>[2] = { from: 'start' }
  for (;;) {
    const rows = await listTokens(db, query, position, ROWS_AT_ONCE)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map((row) => csvLine(cellsOf(row, prefix, query.now))).join('')
    position = { from: 'after', cursor: { value: last.cursorValue, id: last.id } }
  }
}

const cellsOf = (token: TokenRow, prefix: string, now: Date) => [
  `${headOf(token.prefix ?? prefix, token.kind)}${token.id}_${token.tail === null ? '' : `••••••${token.tail}`}`,
  token.name,
  token.kind,
  statusOf(token, now),
  token.createdAt,
  token.lastUsedAt,
  token.expiresAt,
  token.scopes?.join(' ') ?? 'whatever its owner may do',
  token.apiUserName,
]
