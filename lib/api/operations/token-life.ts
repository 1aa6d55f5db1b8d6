import { z } from 'zod'
import { NOTHING, operation } from '#lib/api/operation'
import { TokenJson, TokenPath, tokenJson } from '#lib/api/token'
import { deleteToken } from '#lib/tokens/delete'
import { viewToken } from '#lib/tokens/get'
import { restoreToken } from '#lib/tokens/restore'
import { revokeToken } from '#lib/tokens/revoke'
import { RevokeTokenInput } from '#lib/tokens/schema'

const COMMON = {
  scope: 'tokens:write',
  params: TokenPath,
  query: NOTHING,
  idempotent: 'possible',
} as const

export const revokeTokenOperation = operation({
  ...COMMON,
  name: 'revokeToken',
  method: 'POST',
  path: '/api/v1/tokens/{tokenId}/revoke',
  summary: 'Has a token refused from now on.',
  body: z
    .strictObject({
      reason: RevokeTokenInput.shape.reason.describe('Kept in the audit trail.'),
      leaked: RevokeTokenInput.shape.leaked.describe('Somebody else may hold its secret: it cannot be restored then.'),
    })
    .meta({ id: 'Revocation' }),
  answers: { 200: TokenJson },
  problems: ['not_found', 'forbidden', 'not_active', 'expired'],
  async run(ctx, { tokenId, body }) {
    await revokeToken(ctx, { tokenId, ...body })
    return { status: 200, body: tokenJson(await viewToken(ctx, tokenId)) }
  },
})

export const restoreTokenOperation = operation({
  ...COMMON,
  name: 'restoreToken',
  method: 'POST',
  path: '/api/v1/tokens/{tokenId}/restore',
  summary: 'Lets a revoked token work again, with the same secret.',
  body: null,
  answers: { 200: TokenJson },
  problems: [
    ...(['not_found', 'forbidden', 'organization_suspended', 'not_revoked', 'compromised', 'expired'] as const),
    ...(['over_policy', 'token_limit'] as const),
  ],
  async run(ctx, { tokenId }) {
    return { status: 200, body: tokenJson(await restoreToken(ctx, { tokenId })) }
  },
})

export const deleteTokenOperation = operation({
  ...COMMON,
  name: 'deleteToken',
  method: 'DELETE',
  path: '/api/v1/tokens/{tokenId}',
  summary: 'Ends a token for good; its name is free then.',
  body: null,
  answers: { 204: null },
  problems: ['not_found', 'forbidden', 'not_deletable'],
  async run(ctx, { tokenId }) {
    await deleteToken(ctx, { tokenId })
    return { status: 204, body: null }
  },
})
