import {
  countTokensBefore,
  countTokensByStatus,
  listNotableTokens,
  listTokens as selectTokens,
  type TokenListQuery,
  type TokenOrder,
  type TokenPagePosition,
  type TokensOf,
} from '#db/queries/token-list'
import { findTokensVersion } from '#db/queries/tokens-version'
import type { AnyContext } from '#lib/context'
import { nameKey } from '#lib/names'
import { cursorOf, parseCursor } from '#lib/tokens/cursor'
import { authorize } from '#lib/tokens/hold'
import { type Home, requirePerson } from '#lib/tokens/home'
import { presentToken } from '#lib/tokens/present'
import { parseTokenSort, type TokenSearch } from '#lib/tokens/search'
import type { TokenNotices, TokenPage } from '#lib/tokens/view'

export const TOKENS_A_PAGE = 25
const SOON_MS = 14 * 86_400_000

/** One page of the tokens that live there as the actor may see them, by the state of the URL. */
export async function listTokens(
  ctx: AnyContext,
  home: Home,
  search: TokenSearch,
  size = TOKENS_A_PAGE,
): Promise<TokenPage> {
  authorize(ctx, 'tokens.see', home)
  const query = tokenListQuery(ctx, home, search)
  const { now } = query
  const position = positionOf(search, query.order)
  const [rows, counts] = await Promise.all([
    selectTokens(ctx.db, query, position, size),
    countTokensByStatus(ctx.db, query),
  ])
  const total = counts[search.status]
  const [first, last] = [rows.at(0), rows.at(-1)]
  if (first === undefined || last === undefined)
    return { tokens: [], total, counts, first: 0, previous: null, next: null, last: null }
  // At either end of the list it is known without counting.
  const before =
    position.from === 'start'
      ? 0
      : position.from === 'end'
        ? total - rows.length
        : await countTokensBefore(ctx.db, query, { value: first.cursorValue, id: first.id })
  const after = total - before - rows.length
  return {
    tokens: rows.map((row) => presentToken(row, home, { ...ctx, now })),
    total,
    counts,
    first: before + 1,
    previous: before > 0 ? cursorOf(first) : null,
    next: after > 0 ? cursorOf(last) : null,
    last: after > 0 ? 'end' : null,
  }
}

/** What the state of the URL asks for of the tokens that live there, at this moment. */
export function tokenListQuery(ctx: AnyContext, home: Home, search: TokenSearch): TokenListQuery {
  const { column, descending } = parseTokenSort(search.sort)
  return {
    of: tokensOf(ctx, home),
    search: { nameKey: nameKey(search.q), text: search.q },
    status: search.status,
    order: { by: column, descending },
    now: ctx.clock(),
  }
}

function positionOf({ after, before }: TokenSearch, order: TokenOrder): TokenPagePosition {
  if (after === null && before === 'end') return { from: 'end' }
  const cursor = parseCursor(after ?? before ?? '', order)
  return cursor === null ? { from: 'start' } : { from: after === null ? 'before' : 'after', cursor }
}

/** What the answer line tells: active tokens that nobody has revealed, and those that expire within 14 days. */
export async function listTokenNotices(ctx: AnyContext, home: Home): Promise<TokenNotices> {
  authorize(ctx, 'tokens.see', home)
  const now = ctx.clock()
  const of = tokensOf(ctx, home)
  const [unrevealed, ending] = await Promise.all([
    listNotableTokens(ctx.db, of, now, null),
    listNotableTokens(ctx.db, of, now, new Date(now.getTime() + SOON_MS)),
  ])
  return { unrevealed: summaryOf(unrevealed), ending: summaryOf(ending) }
}

const summaryOf = (rows: Awaited<ReturnType<typeof listNotableTokens>>) => ({
  count: rows[0]?.count ?? 0,
  first: rows.map(({ name, expiresAt }) => ({ name, expiresAt })),
})

/** A text that changes whenever the list of the tokens that live there would look different. */
export async function tokensVersion(ctx: AnyContext, home: Home): Promise<string> {
  authorize(ctx, 'tokens.see', home)
  return findTokensVersion(ctx.db, tokensOf(ctx, home), ctx.clock())
}

const tokensOf = ({ actor }: AnyContext, { organization }: Home): TokensOf =>
  organization === null ? { userId: requirePerson(actor) } : { organizationId: organization.id }
