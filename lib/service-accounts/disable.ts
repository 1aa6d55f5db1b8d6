import { updateServiceAccount } from '#db/queries/service-accounts'
import { recordAudit } from '#lib/audit/record'
import type { AnyContext } from '#lib/context'
import { requireNotSuspended } from '#lib/organizations/load'
import { holdApiUser } from '#lib/service-accounts/hold'
import type { ApiUserIdInput } from '#lib/service-accounts/schema'

/**
 * Has every token of an API user refused from the commit on; nothing else about them changes. One that is disabled
 * already stays as it is.
 * @throws DomainError `not_found`, `forbidden`
 */
export const disableApiUser = (ctx: AnyContext, input: ApiUserIdInput) => setDisabled(ctx, input, true)

/**
 * Lets the tokens of an API user work again.
 * @throws DomainError `not_found`, `forbidden`, `organization_suspended`
 */
export const enableApiUser = (ctx: AnyContext, input: ApiUserIdInput) => setDisabled(ctx, input, false)

async function setDisabled(ctx: AnyContext, input: ApiUserIdInput, disabled: boolean): Promise<null> {
  return ctx.db.transaction(async (tx) => {
    const { organization, apiUser } = await holdApiUser(tx, ctx, input)
    if (!disabled) requireNotSuspended(organization)
    if (disabled === (apiUser.disabledAt !== null)) return null
    const now = ctx.clock()
    await updateServiceAccount(tx, apiUser.id, { disabledAt: disabled ? now : null }, now)
    await recordAudit(tx, ctx.actor, {
      at: now,
      action: disabled ? 'api_user.disabled' : 'api_user.enabled',
      organizationId: organization.id,
      target: { type: 'api_user', id: apiUser.id, name: apiUser.name },
    })
    return null
  })
}
