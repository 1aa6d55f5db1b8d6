import type { z } from 'zod'
import { findMember, updateMembership } from '#db/queries/members'
import { recordAudit } from '#lib/audit/record'
import type { AnyContext } from '#lib/context'
import { adminsHaveAll, deviceWords, reachesMore, requireRegistered } from '#lib/devices/choice'
import { notFound } from '#lib/errors'
import { requireAnotherAdmin } from '#lib/members/last-admin'
import type { ChangeMemberInput } from '#lib/members/schema'
import { requireMemberWithinCaller } from '#lib/members/within-caller'
import { holdOrganization } from '#lib/organizations/hold'
import { requireNotSuspended } from '#lib/organizations/load'

const RANK = { viewer: 1, member: 2, admin: 3 } as const

/**
 * Gives a member another role or other devices, in force at once, for their personal tokens too. Whoever becomes an
 * admin is narrowed to no devices.
 * @throws DomainError `not_found`, `forbidden`, `last_admin`; `organization_suspended` and `not_held` for anything but less
 */
export async function changeMember(ctx: AnyContext, input: z.output<typeof ChangeMemberInput>): Promise<null> {
  const { organizationId, userId } = input
  return ctx.db.transaction(async (tx) => {
    const { organization, actor } = await holdOrganization(tx, ctx, organizationId, 'members.change')
    const member = await findMember(tx, organizationId, userId)
    if (member === null) throw notFound()
    const role = input.role ?? member.role
    const devices = input.devices === undefined ? (role === 'admin' ? null : member.devices) : input.devices
    if (role === 'admin' && devices !== null) throw adminsHaveAll()
    if (RANK[role] > RANK[member.role] || reachesMore(member.devices, devices)) {
      requireNotSuspended(organization)
      requireMemberWithinCaller(actor, organization, { role, devices })
    }
    if (member.role === 'admin' && role !== 'admin') await requireAnotherAdmin(tx, organization)
    await requireRegistered(tx, organizationId, devices)

    const rows = [
      { field: 'Role', from: member.role, to: role },
      { field: 'Devices', from: deviceWords(member.devices), to: deviceWords(devices) },
    ]
    const changes = rows.filter(({ from, to }) => from !== to)
    if (changes.length === 0) return null
    await updateMembership(tx, { organizationId, userId }, { role, devices: devices === null ? null : [...devices] })
    await recordAudit(tx, ctx.actor, {
      at: ctx.clock(),
      action: 'member.changed',
      organizationId,
      target: { type: 'user', id: userId, name: member.email },
      details: { changes },
    })
    return null
  })
}
