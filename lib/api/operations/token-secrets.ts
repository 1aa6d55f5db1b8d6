import { z } from 'zod'
import { keyReused, requireRevealKey } from '#lib/api/idempotency'
import { NOTHING, operation } from '#lib/api/operation'
import { OpenedTokenJson, TokenPath, tokenJson } from '#lib/api/token'
import { revealNow } from '#lib/api/token-input'
import { reopenToken } from '#lib/api/token-secret'
import { can } from '#lib/authorization'
import type { AnyContext } from '#lib/context'
import { seeToken } from '#lib/tokens/hold'
import { revealToken } from '#lib/tokens/reveal'
import { rotateToken } from '#lib/tokens/rotate'
import { RotateTokenInput } from '#lib/tokens/schema'
import { reachesBeyondCaller } from '#lib/tokens/within-caller'

const DAY_SECONDS = 86_400

export const revealTokenOperation = operation({
  name: 'revealToken',
  method: 'POST',
  path: '/api/v1/tokens/{tokenId}/reveal',
  scope: 'tokens:write',
  summary: 'Mints the secret of a token that has none yet, or of one that was rotated, and tells it this once.',
  params: TokenPath,
  query: NOTHING,
  body: null,
  answers: { 200: OpenedTokenJson },
  problems: [
    ...(['not_found', 'forbidden', 'organization_suspended', 'not_active', 'expired'] as const),
    ...(['already_revealed', 'confirmation_required'] as const),
  ],
  idempotent: 'reveals',
  reopen: reopenToken,
  async run(ctx, { tokenId, key }) {
    // Whoever may not see it is not asked for a key.
    await seeToken(ctx.db, ctx, tokenId)
    const { token, secret } = await revealToken(ctx, { tokenId, key: requireRevealKey(key) })
    return { status: 200, body: tokenJson(token), secret }
  },
})

export const rotateTokenOperation = operation({
  name: 'rotateToken',
  method: 'POST',
  path: '/api/v1/tokens/{tokenId}/rotate',
  scope: 'tokens:write',
  summary: 'Gives a token a new secret, and reveals it to a caller who may: else the next reveal mints it.',
  params: TokenPath,
  query: NOTHING,
  body: z
    .strictObject({
      overlapSeconds: RotateTokenInput.shape.overlapSeconds
        .default(DAY_SECONDS)
        .describe('How long the present secret works on after the reveal of the new one.'),
      reveal: revealNow,
    })
    .meta({ id: 'Rotation' }),
  answers: { 201: OpenedTokenJson },
  problems: [
    ...(['not_found', 'forbidden', 'organization_suspended', 'not_active', 'expired', 'not_revealed'] as const),
    ...(['already_revealed', 'confirmation_required'] as const),
  ],
  idempotent: 'mayReveal',
  reopen: reopenToken,
  async run(ctx, { tokenId, body: { overlapSeconds, reveal }, key }) {
    const revealKey = reveal && (await opensThere(ctx, tokenId)) ? requireRevealKey(key) : null
    const token = await rotateToken(ctx, { tokenId, overlapSeconds })
    if (revealKey === null) return { status: 201, body: tokenJson(token) }
    const opened = await revealToken(ctx, { tokenId, key: revealKey })
    // The key of a secret that was minted before opens that one, and mints none.
    if (opened.token.rotation !== null) throw keyReused()
    return { status: 201, body: tokenJson(opened.token), secret: opened.secret }
  },
})

async function opensThere(ctx: AnyContext, tokenId: string): Promise<boolean> {
  const held = await seeToken(ctx.db, ctx, tokenId)
  const { organization } = held.home
  if (organization === null || !can(ctx.actor, 'tokens.reveal', organization)) return false
  return !(await reachesBeyondCaller(ctx.db, { ...held, actor: ctx.actor }))
}
