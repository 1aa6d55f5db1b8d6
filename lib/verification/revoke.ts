import { timingSafeEqual } from 'node:crypto'
import { type Transaction, withDrizzle } from '#db/client'
import { endRetiringSecret, lockDigests } from '#db/queries/token-secrets'
import { lockToken, updateToken } from '#db/queries/tokens'
import { limitTransaction } from '#db/queries/transaction-limit'
import type { VerificationDatabase } from '#db/verification-client'
import type { Address } from '#lib/address'
import { type AuditActor, recordAudit } from '#lib/audit/record'
import type { Clock } from '#lib/clock'
import { revokeHeld } from '#lib/tokens/revoke'
import { digestOf, type SecretString } from '#lib/tokens/secret'
import { statusOf } from '#lib/tokens/status'
import { findPresented, type Presented } from '#lib/verification/presented'
import { printable } from '#lib/verification/printable'
import type { Verifier } from '#lib/verification/verify'

/** What revoking is given: `changes` is a pool that nothing else reads by, since drizzle changes how it hands over times. */
export type Revoker = Pick<Verifier, 'lookUps' | 'prefixes' | 'clock'> & {
  readonly changes: VerificationDatabase
  /** Has what is remembered of a token looked up again. */
  readonly forgetToken: (id: string) => void
}

/** Where the request came from; it entitles to nothing and is kept in the trail. */
export type Holder = { readonly address: Address | null; readonly userAgent: string | undefined }

/**
 * Has what somebody holds refused from the commit on: a token for good by its current secret, a secret that retires
 * alone by itself. Whatever is not active stays as it is, and the caller is not told. It asks for no more than the
 * secret: neither from where, nor whether its organization is suspended or its API user disabled.
 * @throws DatabaseUnavailable, TooManyLookUps
 */
export async function revokeByHolder(revoker: Revoker, secret: SecretString, holder: Holder): Promise<void> {
  // What is no secret of ours locks nothing.
  const presented = await findPresented(revoker, secret, { address: holder.address, anew: false })
  if (typeof presented === 'string' || isOver(presented, revoker.clock())) return
  const { userAgent } = holder
  const actor = {
    userId: null,
    email: 'Whoever held the token',
    ip: holder.address?.text ?? null,
    userAgent: userAgent === undefined ? null : printable(userAgent),
  }
  const held = { tokenId: presented.facts.id, digest: digestOf(secret) }
  await revoker.changes.ask((sql) =>
    withDrizzle(sql).transaction((tx) => revokeWithin(tx, { actor, clock: revoker.clock }, held)),
  )
  // Others hear of it within moments; whoever is answered here must not be a moment ahead of this one.
  revoker.forgetToken(held.tokenId)
}

// Nothing is held for what has ended already: else one dead secret could keep everybody else from being heard.
const isOver = ({ facts, secret: { retiresAt } }: Presented, now: Date) =>
  facts.revoked || [facts.expiresAt, retiresAt?.getTime() ?? null].some((end) => end !== null && end <= now.getTime())

async function revokeWithin(
  tx: Transaction,
  ctx: { readonly actor: AuditActor; readonly clock: Clock },
  { tokenId, digest }: { readonly tokenId: string; readonly digest: Uint8Array },
): Promise<void> {
  await limitTransaction(tx)
  const token = await lockToken(tx, tokenId)
  if (token === null) return
  const { current, retiring } = await lockDigests(tx, tokenId)
  const isHeld = (secret: typeof current) => secret !== null && timingSafeEqual(secret.digest, digest)
  const now = ctx.clock()
  if (statusOf(token, now) !== 'active') return
  if (isHeld(current)) {
    await revokeHeld(tx, ctx, { token }, { reason: 'Revoked by whoever holds it', leaked: true })
    return
  }
  if (!isHeld(retiring) || !retiring?.retiresAt || retiring.retiresAt <= now) return
  await updateToken(tx, tokenId, { updatedAt: now })
  await endRetiringSecret(tx, tokenId, now)
  await recordAudit(tx, ctx.actor, {
    at: now,
    action: 'token.secret_retired',
    organizationId: token.organizationId,
    target: { type: 'token', id: tokenId, name: token.name },
    details: { reason: 'Revoked by whoever holds it' },
  })
}
