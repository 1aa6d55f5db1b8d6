import type { z } from 'zod'
import type { Transaction } from '#db/client'
import { violatedConstraint } from '#db/errors'
import { updateToken } from '#db/queries/tokens'
import { recordAudit } from '#lib/audit/record'
import type { AnyContext } from '#lib/context'
import { reachesMore, requireDevices, requireWithinOwnDevices, requireWithinOwnersDevices } from '#lib/devices/choice'
import { DomainError } from '#lib/errors'
import { nameKey } from '#lib/names'
import { chooseLifetime } from '#lib/policies/lifetime'
import { requireGrantable, requireWithinOwner } from '#lib/scopes/grant'
import { callersBounds, requireLifeWithin, requireRangesWithin } from '#lib/tokens/callers-bounds'
import { describeChanges } from '#lib/tokens/changes'
import { type HeldBy, holdToken, seeToken } from '#lib/tokens/hold'
import { requireOpen } from '#lib/tokens/home'
import { requireRoom } from '#lib/tokens/limit'
import { nameTaken, requireFreeName } from '#lib/tokens/name'
import { presentToken } from '#lib/tokens/present'
import { restoreHeld } from '#lib/tokens/restore'
import { revokeHeld } from '#lib/tokens/revoke'
import type { EditTokenInput } from '#lib/tokens/schema'
import { statusOf } from '#lib/tokens/status'
import type { TokenView } from '#lib/tokens/view'
import { livesLonger, reachesFurther, scopesAdded } from '#lib/tokens/wider'

type Edit = z.output<typeof EditTokenInput>

/**
 * Changes what is given and leaves the rest; Status runs revoke or restore. All of it or nothing, one audit event per verb.
 * @throws DomainError as create, revoke and restore do; `not_active` for other fields than Name and Status while revoked
 */
export async function editToken(ctx: AnyContext, edit: Edit): Promise<TokenView> {
  return ctx.db.transaction(async (tx) => {
    const held = await holdToken(tx, ctx, edit.tokenId, 'tokens.manage', { counting: true, scopes: edit.scopes })
    const now = ctx.clock()
    const status = statusOf(held.token, now)
    if (edit.status === 'active' && status === 'revoked') await restoreHeld(tx, ctx, held)
    await editHeld(tx, ctx, held, edit, now)
    if (edit.status === 'revoked' && status !== 'revoked') await revokeHeld(tx, ctx, held)
    const { token, home } = await seeToken(tx, ctx, edit.tokenId)
    return presentToken(token, home, { ...ctx, now })
  })
}

async function editHeld(
  tx: Transaction,
  ctx: AnyContext,
  { token, home, actor }: HeldBy,
  edit: Edit,
  now: Date,
): Promise<void> {
  const status = statusOf(token, now)
  const beyondName =
    edit.expiration !== undefined ||
    edit.scopes !== undefined ||
    edit.devices !== undefined ||
    edit.ipRanges !== undefined
  if (status === 'revoked' && beyondName)
    throw new DomainError('not_active', 'Only name and status of a revoked token can be changed. Restore it first.')
  if (edit.name !== undefined) await requireFreeName(tx, edit.name, { ownerId: token.ownerId, exceptTokenId: token.id })

  const added = scopesAdded(token.scopes ?? [], edit.scopes ?? token.scopes ?? [])
  requireGrantable(actor, home, added)
  requireWithinOwner(token, added, home)
  const devices = edit.devices === undefined ? token.devices : edit.devices
  if (edit.devices !== undefined) {
    await requireDevices(tx, home.organization, devices)
    if (reachesMore(token.devices, devices)) requireWithinOwnersDevices(token.apiUserDevices, devices)
  }
  // Whatever it may do more, it may do with all of its devices.
  if (added.length > 0 || reachesMore(token.devices, devices))
    requireWithinOwnDevices(actor, home.organization, devices)
  const lifetime =
    edit.expiration === undefined
      ? undefined
      : chooseLifetime(edit.expiration, home.policies, { now, countedFrom: token.mintedAt ?? token.createdAt })
  const bounds = await callersBounds(tx, actor)
  requireLifeWithin(bounds, token.expiresAt, (lifetime ?? token).expiresAt)
  requireRangesWithin(bounds, token.ipRanges, edit.ipRanges ?? token.ipRanges)
  // Where an organization is suspended a token may still be edited, but only downwards.
  if (
    added.length > 0 ||
    reachesMore(token.devices, devices) ||
    livesLonger(token.expiresAt, (lifetime ?? token).expiresAt) ||
    reachesFurther(token.ipRanges, edit.ipRanges ?? token.ipRanges)
  )
    requireOpen(home)
  if (status === 'expired' && lifetime !== undefined) await requireRoom(tx, home, now)

  const changes = describeChanges(token, { ...edit, ...lifetime })
  if (changes.length === 0) return
  try {
    await updateToken(tx, token.id, {
      ...(edit.name === undefined ? {} : { name: edit.name, nameKey: nameKey(edit.name) }),
      ...lifetime,
      ...(edit.scopes === undefined ? {} : { scopes: edit.scopes }),
      ...(edit.devices === undefined ? {} : { devices }),
      ...(edit.ipRanges === undefined ? {} : { ipRanges: edit.ipRanges }),
      updatedAt: now,
    })
  } catch (error) {
    if (edit.name !== undefined && violatedConstraint(error) === 'tokens_name') throw nameTaken(edit.name)
    throw error
  }
  await recordAudit(tx, ctx.actor, {
    at: now,
    action: 'token.edited',
    organizationId: token.organizationId,
    target: { type: 'token', id: token.id, name: edit.name ?? token.name },
    details: { changes },
  })
}
