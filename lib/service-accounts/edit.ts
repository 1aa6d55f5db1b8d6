import type { z } from 'zod'
import { updateServiceAccount } from '#db/queries/service-accounts'
import { recordAudit } from '#lib/audit/record'
import type { AnyContext } from '#lib/context'
import { deviceWords, reachesMore, requireRegistered, requireWithinOwnDevices } from '#lib/devices/choice'
import { nameKey } from '#lib/names'
import { type Organization, requireNotSuspended } from '#lib/organizations/load'
import { effectiveScopes } from '#lib/scopes/effective'
import { requireGrantable, requireWithinOwner } from '#lib/scopes/grant'
import { holdApiUser, requireFreeApiUserName } from '#lib/service-accounts/hold'
import type { EditApiUserInput } from '#lib/service-accounts/schema'
import { homeOf } from '#lib/tokens/home'
import { scopesAdded } from '#lib/tokens/wider'

/**
 * Changes what is given of an API user, in force for its tokens at once: none holds more than it does.
 * @throws DomainError as create does; `organization_suspended` only for what gives it more
 */
export async function editApiUser(ctx: AnyContext, edit: z.output<typeof EditApiUserInput>): Promise<null> {
  const { organizationId, apiUserId } = edit
  return ctx.db.transaction(async (tx) => {
    const { organization, actor, apiUser } = await holdApiUser(tx, ctx, edit, edit.scopes)
    const now = ctx.clock()
    const { name = apiUser.name, role = apiUser.role, scopes = apiUser.scopes } = edit
    const devices = edit.devices === undefined ? apiUser.devices : edit.devices
    if (edit.name !== undefined) await requireFreeApiUserName(tx, organizationId, name, apiUserId)
    const added = scopesAdded(heldBy(apiUser, organization), heldBy({ role, scopes }, organization))
    requireGrantable(actor, homeOf(organization), added)
    // Whatever it may do more, it may do with all of its devices.
    if (added.length > 0 || reachesMore(apiUser.devices, devices)) requireWithinOwnDevices(actor, organization, devices)
    const judged = role === apiUser.role ? scopesAdded(apiUser.scopes, scopes) : scopes
    requireWithinOwner({ apiUserRole: role, apiUserScopes: scopes }, judged, { organization })
    await requireRegistered(tx, organizationId, devices)
    if (
      scopesAdded(apiUser.scopes, scopes).length > 0 ||
      isMore(apiUser.role, role) ||
      reachesMore(apiUser.devices, devices)
    )
      requireNotSuspended(organization)

    const rows = [
      { field: 'Name', from: apiUser.name, to: name },
      { field: 'Role', from: apiUser.role, to: role },
      { field: 'Scopes', from: words(apiUser.scopes), to: words(scopes) },
      { field: 'Devices', from: deviceWords(apiUser.devices), to: deviceWords(devices) },
    ]
    const changes = rows.filter(({ from, to }) => from !== to)
    if (changes.length === 0) return null
    // Scopes that nobody gives here are not held, so they are left as they are by now.
    const given = edit.scopes === undefined ? {} : { scopes }
    await updateServiceAccount(tx, apiUserId, { name, nameKey: nameKey(name), role, devices, ...given }, now)
    await recordAudit(tx, ctx.actor, {
      at: now,
      action: 'api_user.edited',
      organizationId,
      target: { type: 'api_user', id: apiUserId, name },
      details: { changes },
    })
    return null
  })
}

type Scoped = { readonly role: keyof typeof RANK; readonly scopes: readonly string[] }

const heldBy = (apiUser: Scoped, { scopesOfTier }: Pick<Organization, 'scopesOfTier'>) =>
  effectiveScopes({ kind: 'service', stored: apiUser.scopes, apiUser }, scopesOfTier)

const RANK = { viewer: 1, member: 2, admin: 3 } as const
const isMore = (before: Scoped['role'], after: Scoped['role']) => RANK[after] > RANK[before]

const words = (scopes: readonly string[]) => (scopes.length === 0 ? 'none' : scopes.join(' '))
