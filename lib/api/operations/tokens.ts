import { z } from 'zod'
import { NOTHING, operation } from '#lib/api/operation'
import { OrganizationReference, resolveOrganization } from '#lib/api/organization'
import { notACursor, PAGE_QUERY, pageSchema, SearchText } from '#lib/api/page'
import { TokenJson, TokenPath, tokenJson } from '#lib/api/token'
import { parseCursor } from '#lib/tokens/cursor'
import { viewToken } from '#lib/tokens/get'
import { homeOf } from '#lib/tokens/home'
import { listTokens } from '#lib/tokens/list'
import { parseTokenSort, TOKEN_FILTERS, TOKEN_SORTS } from '#lib/tokens/search'

export const listTokensOperation = operation({
  name: 'listTokens',
  method: 'GET',
  path: '/api/v1/tokens',
  scope: 'tokens:read',
  summary: "Lists an organization's tokens, those of its API users included.",
  params: NOTHING,
  query: z.strictObject({
    organization: OrganizationReference,
    search: SearchText.describe('Looked for in names and ids.'),
    status: z.enum(TOKEN_FILTERS).default('all'),
    sort: z.enum(TOKEN_SORTS).default('-created').describe('A minus stands for descending; never used stands last.'),
    ...PAGE_QUERY,
  }),
  body: null,
  answers: { 200: pageSchema(TokenJson) },
  problems: ['not_found', 'organization_required'],
  async run(ctx, { organization, search: q, status, sort, limit, cursor = null }) {
    if (cursor !== null && parseCursor(cursor, { by: parseTokenSort(sort).column }) === null) throw notACursor()
    const home = homeOf(await resolveOrganization(ctx, organization))
    const { tokens, next } = await listTokens(ctx, home, { q, status, sort, after: cursor, before: null }, limit)
    return { status: 200, body: { data: tokens.map(tokenJson), nextCursor: next } }
  },
})

export const getTokenOperation = operation({
  name: 'getToken',
  method: 'GET',
  path: '/api/v1/tokens/{tokenId}',
  scope: 'tokens:read',
  summary: 'Tells of one token.',
  params: TokenPath,
  query: NOTHING,
  body: null,
  answers: { 200: TokenJson },
  problems: ['not_found'],
  async run(ctx, { tokenId }) {
    return { status: 200, body: tokenJson(await viewToken(ctx, tokenId)) }
  },
})
