import type { z } from 'zod'
import type { Transaction } from '#db/client'
import { violatedConstraint } from '#db/errors'
import {
  findMembership,
  findOpenInvitation,
  hasOwnAdmin,
  insertInvitation,
  listDeviceIds,
  updateInvitation,
} from '#db/queries/invitations'
import { findUserByEmailKey } from '#db/queries/users'
import { emailKey } from '#lib/accounts/schema'
import { recordAudit } from '#lib/audit/record'
import { can, nearestAbove, type Role, standing } from '#lib/authorization'
import { adminsHaveAll } from '#lib/devices/choice'
import { DomainError } from '#lib/errors'
import { type AnyInvitingContext, deliver } from '#lib/invitations/deliver'
import { holdPlace, requireMay } from '#lib/invitations/place'
import type { InviteMemberInput } from '#lib/invitations/schema'
import type { Invited } from '#lib/invitations/view'
import { requireMemberWithinCaller } from '#lib/members/within-caller'
import type { Organization } from '#lib/organizations/load'

/**
 * Invites somebody to become a member, as `addInvitation` does.
 * @throws DomainError `not_found`, `forbidden`, `organization_suspended`, `already_invited`, `already_member`, `not_held`
 */
export const inviteMember = (ctx: AnyInvitingContext, input: z.output<typeof InviteMemberInput>): Promise<Invited> =>
  ctx.db.transaction(async (tx) => {
    const { organization, actor } = await holdPlace(tx, ctx, input.organizationId)
    return addInvitation(tx, { ...ctx, actor }, organization, input)
  })

/**
 * Invites somebody within a transaction that holds the organization, by an actor as they are since then. By an admin of it who is none above it, the link
 * goes out at once. From above so does that of an admin, and any by an admin of it too, only while it has no admin of
 * its own whom one could ask; everything else is kept until one approves. It does not check whose the address is: without a
 * mail server whoever invites can accept in their place, and that stays on record as evidence alone. Whoever is invited
 * is told by whom, so that a token invites only where it stands for a person.
 * @throws DomainError `forbidden`, `organization_suspended`, `already_invited`, `already_member`, `not_held`
 */
export async function addInvitation(
  tx: Transaction,
  ctx: AnyInvitingContext,
  organization: Organization,
  invited: { readonly email: string; readonly role: Role; readonly devices?: string[] | null | undefined },
): Promise<Invited> {
  const { actor } = ctx
  const { userId } = actor
  if (userId === null) throw new DomainError('forbidden', 'Somebody is invited by a person: use a personal token.')
  requireMay(ctx, 'members.inviteFirstAdmin', organization)
  const now = ctx.clock()
  const ofItsOwn = can(actor, 'members.invite', organization)
  const fromAbove = invited.role === 'admin' || standing(actor, organization).role === 'admin'
  const atOnce = ofItsOwn || (fromAbove && !(await hasOwnAdmin(tx, organization.id)))
  const { devices = null } = invited
  if (invited.role === 'admin' && devices !== null) throw adminsHaveAll()
  await requireNew(tx, organization, invited.email, now)
  await requireDevices(tx, userId, organization, devices)
  requireMemberWithinCaller(actor, organization, { role: invited.role, devices })
  const { id } = await insertOnce(tx, organization, {
    organizationId: organization.id,
    email: invited.email,
    emailKey: emailKey(invited.email),
    role: invited.role,
    devices,
    invitedBy: userId,
    fromAboveId: nearestAbove(actor, organization),
    createdAt: now,
    approvedAt: atOnce ? now : null,
    approvedBy: ofItsOwn ? userId : null,
  })
  await recordAudit(tx, actor, {
    at: now,
    action: 'member.invited',
    organizationId: organization.id,
    target: { type: 'invitation', id, name: invited.email },
    details: { role: invited.role },
  })
  return atOnce ? deliver(tx, ctx, id) : { id, became: 'waiting', link: null }
}

const insertOnce = async (tx: Transaction, organization: Organization, row: Parameters<typeof insertInvitation>[1]) =>
  insertInvitation(tx, row).catch((error: unknown) => {
    throw violatedConstraint(error) === 'invitations_open' ? alreadyInvited(organization, row.email) : error
  })

async function requireNew(tx: Transaction, { id, name }: Organization, email: string, now: Date): Promise<void> {
  const key = emailKey(email)
  const user = await findUserByEmailKey(tx, key)
  if (user !== null && (await findMembership(tx, user.id, id)) !== null)
    throw new DomainError('already_member', `${email} is a member of ${name} already.`, {
      email: `This is a member of ${name} already.`,
    })
  const open = await findOpenInvitation(tx, id, key)
  if (open === null) return
  if (open.expiresAt === null || open.expiresAt > now) throw alreadyInvited({ name }, email)
  // One that has run out gives way to the new one.
  await updateInvitation(tx, open.id, { withdrawnAt: now })
}

const alreadyInvited = ({ name }: Pick<Organization, 'name'>, email: string) =>
  new DomainError('already_invited', `${email} is invited to ${name} already. Resend or withdraw that invitation.`, {
    email: 'There is an open invitation for this address. Resend or withdraw it.',
  })

// No one grants what they don't hold: devices that are registered there, and within those the inviter is narrowed to.
async function requireDevices(
  tx: Transaction,
  userId: string,
  { id }: Organization,
  devices: readonly string[] | null,
): Promise<void> {
  const own = (await findMembership(tx, userId, id))?.devices ?? null
  const refuse = (message: string) => new DomainError('not_held', message, { devices: message })
  if (devices === null) {
    if (own !== null) throw refuse('You are narrowed to devices yourself: choose among them.')
    return
  }
  const registered = await listDeviceIds(tx, id)
  const unknown = devices.find((device) => !registered.includes(device) || !(own?.includes(device) ?? true))
  if (unknown !== undefined) throw refuse(`You don't hold the device ${unknown}, so you can't grant it.`)
}
