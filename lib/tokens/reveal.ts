import type { Transaction } from '#db/client'
import { findCurrentSecret, insertSecret } from '#db/queries/token-secrets'
import { findToken, updateToken } from '#db/queries/tokens'
import { type AuditAction, recordAudit } from '#lib/audit/record'
import type { Context } from '#lib/context'
import { DomainError } from '#lib/errors'
import { requireNotSuspended } from '#lib/organizations/load'
import { endOfLife } from '#lib/policies/lifetime'
import { type Held, holdToken } from '#lib/tokens/hold'
import { presentToken } from '#lib/tokens/present'
import { requireActive } from '#lib/tokens/require-active'
import type { RevealTokenInput } from '#lib/tokens/schema'
import { deriveSecret, digestOf, newSalt, revealKeyDigest, type SecretString, tailOf } from '#lib/tokens/secret'
import type { TokenView } from '#lib/tokens/view'

/** How long the same key gets the same secret again, unless Done or the first use ends it before. */
export const REVEAL_WINDOW_MS = 10 * 60_000

export type Opened = { readonly secret: SecretString; readonly token: TokenView }

/**
 * The one door a secret leaves by: the first key mints it, the same key of the same actor gets it again while the
 * window is open, any other is refused.
 * @throws DomainError `not_found`, `forbidden`, `organization_suspended`, `not_active`, `expired`, `already_revealed`
 */
export const revealToken = (ctx: Context, input: RevealTokenInput) => open(ctx, input, 'token.revealed')

/** The same door for a secret that goes to the clipboard unseen: only the trail tells them apart. */
export const copyToken = (ctx: Context, input: RevealTokenInput) => open(ctx, input, 'token.copied')

async function open(
  ctx: Context,
  { tokenId, key }: RevealTokenInput,
  action: Extract<AuditAction, 'token.revealed' | 'token.copied'>,
): Promise<Opened> {
  return ctx.db.transaction(async (tx) => {
    const held = await holdToken(tx, ctx, tokenId, 'tokens.reveal')
    const now = ctx.clock()
    requireNotSuspended(held.organization)
    requireActive(held.token, now)
    const current = await findCurrentSecret(tx, tokenId)
    const secret = current === null ? await mint(tx, ctx, held, key, now) : openAgain(ctx, held, current, key, now)
    await recordAudit(tx, ctx.actor, {
      at: now,
      action,
      organizationId: held.organization.id,
      target: { type: 'token', id: tokenId, name: held.token.name },
      ...(current === null ? {} : { details: { again: true } }),
    })
    const token = (await findToken(tx, tokenId)) ?? held.token
    return { secret, token: presentToken(token, held.organization, { ...ctx, now }) }
  })
}

async function mint(tx: Transaction, ctx: Context, { token, organization }: Held, key: string, now: Date) {
  const { prefix } = ctx
  const salt = newSalt()
  const secret = deriveSecret({ prefix, kind: token.kind, id: token.id, key, salt })
  await insertSecret(tx, {
    tokenId: token.id,
    state: 'current',
    prefix,
    digest: digestOf(secret),
    tail: tailOf(secret),
    mintedAt: now,
    mintedBy: ctx.actor.userId,
    revealKeyDigest: revealKeyDigest(key),
    revealSalt: salt,
    revealUntil: new Date(now.getTime() + REVEAL_WINDOW_MS),
  })
  const longest = organization.policies.longestLifetimeDays
  const days = token.lifetimeDays === null ? null : Math.min(token.lifetimeDays, longest ?? token.lifetimeDays)
  await updateToken(tx, token.id, { updatedAt: now, ...(days === null ? {} : { expiresAt: endOfLife(now, days) }) })
  return secret
}

type CurrentSecret = NonNullable<Awaited<ReturnType<typeof findCurrentSecret>>>

function openAgain(ctx: Context, { token }: Held, current: CurrentSecret, key: string, now: Date) {
  const sameKey = Buffer.from(revealKeyDigest(key)).equals(current.revealKeyDigest)
  const open = current.revealSalt !== null && current.revealUntil > now && current.mintedBy === ctx.actor.userId
  if (!sameKey || !open || current.revealSalt === null)
    throw new DomainError(
      'already_revealed',
      'This token was revealed already, and nobody can see it again. Make a new one, then delete this one.',
    )
  return deriveSecret({ prefix: current.prefix, kind: token.kind, id: token.id, key, salt: current.revealSalt })
}
