import { requireRevealKey } from '#lib/api/idempotency'
import { NOTHING, operation } from '#lib/api/operation'
import { resolveOrganization } from '#lib/api/organization'
import { OpenedTokenJson, TokenJson, TokenPath, tokenJson } from '#lib/api/token'
import { CreateTokenBody, EditTokenBody } from '#lib/api/token-input'
import { reopenToken } from '#lib/api/token-secret'
import { can } from '#lib/authorization'
import { DEFAULT_SCOPES } from '#lib/scopes/effective'
import { scopesBeyond } from '#lib/scopes/grant'
import { createToken } from '#lib/tokens/create'
import { editToken } from '#lib/tokens/edit'
import { homeOf } from '#lib/tokens/home'
import { revealToken } from '#lib/tokens/reveal'

export const createTokenOperation = operation({
  name: 'createToken',
  method: 'POST',
  path: '/api/v1/tokens',
  scope: 'tokens:write',
  summary: 'Makes a token, and reveals it to a caller who may: everybody else gets it unrevealed.',
  params: NOTHING,
  query: NOTHING,
  body: CreateTokenBody,
  answers: { 201: OpenedTokenJson },
  problems: [
    ...(['not_found', 'forbidden', 'organization_required', 'organization_suspended', 'api_user_disabled'] as const),
    ...(['name_taken', 'over_policy', 'not_held', 'token_limit', 'would_replace'] as const),
  ],
  idempotent: 'mayReveal',
  reopen: reopenToken,
  async run(ctx, { body: { organization: reference, expiresAt: expiration, resources, apiUserId, ...body }, key }) {
    const organization = await resolveOrganization(ctx, reference)
    const opens = body.reveal && can(ctx.actor, 'tokens.reveal', organization)
    const revealKey = opens ? requireRevealKey(key) : null
    const beyond = scopesBeyond(ctx.actor, homeOf(organization), DEFAULT_SCOPES)
    const token = await createToken(ctx, {
      organizationId: organization.id,
      name: body.name,
      scopes: body.scope ?? DEFAULT_SCOPES.filter((scope) => !beyond.includes(scope)),
      expiration,
      devices: resources,
      serviceAccountId: apiUserId,
      replaces: body.replaces,
    })
    if (revealKey === null) return { status: 201, body: tokenJson(token) }
    const opened = await revealToken(ctx, { tokenId: token.id, key: revealKey })
    return { status: 201, body: tokenJson(opened.token), secret: opened.secret }
  },
})

export const editTokenOperation = operation({
  name: 'editToken',
  method: 'PATCH',
  path: '/api/v1/tokens/{tokenId}',
  scope: 'tokens:write',
  summary: 'Changes what is given of a token: all of it or nothing.',
  params: TokenPath,
  query: NOTHING,
  body: EditTokenBody,
  answers: { 200: TokenJson },
  problems: [
    ...(['not_found', 'forbidden', 'organization_suspended', 'not_active', 'name_taken', 'over_policy'] as const),
    ...(['not_held', 'token_limit', 'not_revoked', 'compromised', 'expired'] as const),
  ],
  idempotent: 'possible',
  async run(ctx, { tokenId, body: { expiresAt: expiration, scope: scopes, resources: devices, ...body } }) {
    return { status: 200, body: tokenJson(await editToken(ctx, { tokenId, expiration, scopes, devices, ...body })) }
  },
})
