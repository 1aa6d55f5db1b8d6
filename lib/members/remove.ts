import { deleteMembership, findMember } from '#db/queries/members'
import { recordAudit } from '#lib/audit/record'
import type { AnyContext } from '#lib/context'
import { notFound } from '#lib/errors'
import { requireAnotherAdmin } from '#lib/members/last-admin'
import type { RemoveMemberInput } from '#lib/members/schema'
import { holdOrganization } from '#lib/organizations/hold'

/**
 * Ends a membership: at the next request the organization does not exist for that person, and their personal tokens are
 * powerless there. Their account stays. `self`: the actor removed themselves.
 * @throws DomainError `not_found`, `forbidden`, `last_admin`
 */
export async function removeMember(ctx: AnyContext, membership: RemoveMemberInput): Promise<{ self: boolean }> {
  const { organizationId, userId } = membership
  return ctx.db.transaction(async (tx) => {
    const { organization } = await holdOrganization(tx, ctx, organizationId, 'members.remove')
    const member = await findMember(tx, organizationId, userId)
    if (member === null) throw notFound()
    if (member.role === 'admin') await requireAnotherAdmin(tx, organization)
    await deleteMembership(tx, membership)
    await recordAudit(tx, ctx.actor, {
      at: ctx.clock(),
      action: 'member.removed',
      organizationId,
      target: { type: 'user', id: userId, name: member.email },
      details: { changes: [{ field: 'Role', from: member.role, to: 'none' }] },
    })
    return { self: userId === ctx.actor.userId }
  })
}
