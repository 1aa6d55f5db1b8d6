import type { Transaction } from '#db/client'
import { insertSecret, lockSecrets, retireCurrentSecret } from '#db/queries/token-secrets'
import { findToken, updateToken } from '#db/queries/tokens'
import { requireConfirmed } from '#lib/accounts/require-confirmed'
import type { AuditAction } from '#lib/audit/choices'
import { recordAudit } from '#lib/audit/record'
import type { AnyContext } from '#lib/context'
import { DomainError } from '#lib/errors'
import { endOfLife } from '#lib/policies/lifetime'
import { type HeldToReveal, holdToReveal } from '#lib/tokens/hold'
import { requireOpen } from '#lib/tokens/home'
import { presentToken } from '#lib/tokens/present'
import { requireActive } from '#lib/tokens/require-active'
import type { RevealTokenInput } from '#lib/tokens/schema'
import { openSealed, sealSecret } from '#lib/tokens/seal'
import {
  deriveSecret,
  digestOf,
  keyOfToken,
  newSalt,
  revealKeyDigest,
  type SecretString,
  tailOf,
} from '#lib/tokens/secret'
import type { TokenView } from '#lib/tokens/view'
import { requireWithinCaller } from '#lib/tokens/within-caller'

/** How long the same key gets the same secret again, unless Done or the first use ends it before. */
export const REVEAL_WINDOW_MS = 10 * 60_000

export type Opened = { readonly secret: SecretString; readonly token: TokenView }

/**
 * The one door a secret leaves by: the first key mints it, the same key of the same actor gets it again while the
 * window is open, any other is refused, unless a rotation waits: then the next key mints the new secret, and the old
 * one retires the chosen overlap from now on. The key of a secret that is kept, current or retiring, mints no other.
 * Under policy `anytime` the current secret is sealed as it is minted and opened again for any key, by whoever confirmed
 * who they are within the last 10 minutes. The key of a token that acts is its own: the same key of another is another key.
 * @throws DomainError `not_found`, `forbidden`, `organization_suspended`, `not_active`, `expired`, `already_revealed`,
 * `confirmation_required`
 */
export const revealToken = (ctx: AnyContext, input: RevealTokenInput) => open(ctx, input, 'token.revealed')

/**
 * The secret that this key minted for the same actor, while its window is open; null where it can't be told again. It
 * never mints one.
 */
export async function revealAgain(ctx: AnyContext, input: RevealTokenInput): Promise<SecretString | null> {
  try {
    return (await open(ctx, input, 'token.revealed', { again: true })).secret
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

/** The same door for a secret that goes to the clipboard unseen: only the trail tells them apart. */
export const copyToken = (ctx: AnyContext, input: RevealTokenInput) => open(ctx, input, 'token.copied')

type Kept = NonNullable<Awaited<ReturnType<typeof lockSecrets>>['current']>

async function open(
  ctx: AnyContext,
  input: RevealTokenInput,
  action: Extract<AuditAction, 'token.revealed' | 'token.copied'>,
  { again = false } = {},
): Promise<Opened> {
  const { tokenId } = input
  const { token: caller } = ctx.actor
  const key = caller === undefined ? input.key : keyOfToken(caller.id, input.key)
  return ctx.db.transaction(async (tx) => {
    const held = await holdToReveal(tx, ctx, tokenId)
    const now = ctx.clock()
    await requireWithinCaller(tx, held)
    requireOpen(held.home)
    requireActive(held.token, now)
    const { current, retiring } = await lockSecrets(tx, tokenId)
    const digest = Buffer.from(revealKeyDigest(key))
    const known = [current, retiring].find((each) => each !== null && digest.equals(each.revealKeyDigest)) ?? null
    if (again && known === null) throw alreadyRevealed(false)
    const mints = known === null && (current === null || held.token.rotationOverlapSeconds !== null)
    const secret = mints
      ? await mint(tx, ctx, held, current, key, now)
      : (openAgain(ctx, held, known, key, now) ?? openKept(ctx, held, known ?? current, now))
    await recordAudit(tx, ctx.actor, {
      at: now,
      action,
      organizationId: held.token.organizationId,
      target: { type: 'token', id: tokenId, name: held.token.name },
      ...(mints ? {} : { details: { again: true } }),
    })
    const token = (await findToken(tx, tokenId)) ?? held.token
    return { secret, token: presentToken(token, held.home, { ...ctx, now }) }
  })
}

async function mint(
  tx: Transaction,
  ctx: AnyContext,
  { token, home, keeps }: HeldToReveal,
  current: Kept | null,
  key: string,
  now: Date,
): Promise<SecretString> {
  if (current !== null) {
    const overlap = token.rotationOverlapSeconds ?? 0
    await retireCurrentSecret(tx, token.id, new Date(now.getTime() + overlap * 1000))
  }
  const {
    prefix,
    sealKeys: [newest],
  } = ctx
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
    ...(keeps && newest !== undefined ? sealSecret(secret, newest, token.id) : {}),
  })
  await updateToken(tx, token.id, {
    updatedAt: now,
    rotationOverlapSeconds: null,
    ...(current === null ? { revealedAt: now, ...firstLifetime(token, home.policies.longestLifetimeDays, now) } : {}),
  })
  return secret
}

// A preset length starts anew at the first reveal, and at no other.
function firstLifetime(
  { lifetimeDays }: HeldToReveal['token'],
  longest: number | null,
  now: Date,
): { expiresAt?: Date } {
  return lifetimeDays === null ? {} : { expiresAt: endOfLife(now, Math.min(lifetimeDays, longest ?? lifetimeDays)) }
}

// For whoever's key minted it, while the window is open.
function openAgain(ctx: AnyContext, { token }: HeldToReveal, known: Kept | null, key: string, now: Date) {
  if (known === null) return null
  const { revealSalt: salt, revealUntil, mintedBy, retiresAt, prefix } = known
  const open = revealUntil > now && mintedBy === ctx.actor.userId && (retiresAt === null || retiresAt > now)
  return open && salt !== null ? deriveSecret({ prefix, kind: token.kind, id: token.id, key, salt }) : null
}

// A copy that can't be opened, its key gone, is as good as none.
function openKept(ctx: AnyContext, { token, keeps }: HeldToReveal, kept: Kept | null, now: Date): SecretString {
  const { sealed = null, sealKeyId = null, state } = kept ?? {}
  if (!keeps || state !== 'current' || sealed === null || sealKeyId === null)
    throw alreadyRevealed(token.rotationOverlapSeconds !== null)
  requireConfirmed(ctx.actor, now)
  const secret = openSealed({ sealed, sealKeyId }, ctx.sealKeys, token.id)
  if (secret === null) throw alreadyRevealed(token.rotationOverlapSeconds !== null)
  return secret
}

const alreadyRevealed = (rotates: boolean) =>
  new DomainError(
    'already_revealed',
    rotates
      ? 'This secret was revealed already, and nobody can see it again. Reveal the token anew to get the new one.'
      : 'This token was revealed already, and nobody can see it again. Rotate it to get a new secret.',
  )
