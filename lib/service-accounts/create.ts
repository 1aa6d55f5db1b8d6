import type { z } from 'zod'
import { insertServiceAccount } from '#db/queries/service-accounts'
import { recordAudit } from '#lib/audit/record'
import type { AnyContext } from '#lib/context'
import { requireRegistered, requireWithinOwnDevices } from '#lib/devices/choice'
import { nameKey } from '#lib/names'
import { holdOrganization } from '#lib/organizations/hold'
import { requireNotSuspended } from '#lib/organizations/load'
import { requireGrantable, requireWithinOwner } from '#lib/scopes/grant'
import { requireFreeApiUserName } from '#lib/service-accounts/hold'
import type { CreateApiUserInput } from '#lib/service-accounts/schema'
import { homeOf } from '#lib/tokens/home'

/**
 * Makes an API user, which has no token yet. It gets nothing that its role or the actor doesn't hold.
 * @throws DomainError `not_found`, `forbidden`, `organization_suspended`, `name_taken`, `not_held`, `invalid`
 */
export async function createApiUser(
  ctx: AnyContext,
  input: z.output<typeof CreateApiUserInput>,
): Promise<{ id: string }> {
  const { organizationId, name, role, scopes, devices } = input
  return ctx.db.transaction(async (tx) => {
    const { organization, actor } = await holdOrganization(tx, ctx, organizationId, 'apiUsers.manage', scopes)
    requireNotSuspended(organization)
    await requireFreeApiUserName(tx, organizationId, name)
    requireGrantable(actor, homeOf(organization), scopes)
    requireWithinOwner({ apiUserRole: role, apiUserScopes: scopes }, scopes, { organization })
    requireWithinOwnDevices(actor, organization, devices)
    await requireRegistered(tx, organizationId, devices)
    const now = ctx.clock()
    const row = { organizationId, name, nameKey: nameKey(name), role, scopes, devices, createdAt: now }
    const { id } = await insertServiceAccount(tx, row)
    await recordAudit(tx, ctx.actor, {
      at: now,
      action: 'api_user.created',
      organizationId,
      target: { type: 'api_user', id, name },
    })
    return { id }
  })
}
