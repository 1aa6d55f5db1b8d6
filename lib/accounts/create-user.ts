import type { Transaction } from '#db/client'
import { insertMembership, insertUser } from '#db/queries/users'
import { emailKey } from '#lib/accounts/schema'
import { recordAudit } from '#lib/audit/record'
import type { Role } from '#lib/authorization'
import { endOfLife, usualLifetimeDays } from '#lib/policies/lifetime'
import type { Policies } from '#lib/policies/view'
import { addToken } from '#lib/tokens/create'

/**
 * Registers a person as a member, with the personal token that has whatever its owner has. It checks nothing: who may
 * register whom is for its callers.
 */
export async function createUser(
  tx: Transaction,
  user: {
    readonly email: string
    readonly name: string
    readonly passwordHash: string | null
    readonly organization: { readonly id: string; readonly policies: Policies }
    readonly role: Role
    /** Devices that the member's rights are narrowed to; absent: not narrowed. */
    readonly devices?: string[] | null
    readonly invitedBy?: string
    readonly now: Date
    readonly ip: string | null
    readonly userAgent: string | null
  },
): Promise<{ id: string }> {
  const { id } = await insertUser(tx, {
    email: user.email,
    emailKey: emailKey(user.email),
    name: user.name,
    passwordHash: user.passwordHash,
    lastOrganizationId: user.organization.id,
    createdAt: user.now,
  })
  const { role, devices = null, invitedBy = null } = user
  const organizationId = user.organization.id
  await insertMembership(tx, { userId: id, organizationId, role, devices, invitedBy, createdAt: user.now })
  const actor = { userId: id, email: user.email, ip: user.ip, userAgent: user.userAgent }
  await recordAudit(tx, actor, {
    at: user.now,
    action: 'user.created',
    organizationId: user.organization.id,
    target: { type: 'user', id, name: user.email },
  })
  const lifetimeDays = usualLifetimeDays(user.organization.policies)
  await addToken(tx, actor, {
    kind: 'personal',
    userId: id,
    name: 'Personal',
    scopes: null,
    lifetime: { lifetimeDays, expiresAt: endOfLife(user.now, lifetimeDays) },
    now: user.now,
  })
  return { id }
}
